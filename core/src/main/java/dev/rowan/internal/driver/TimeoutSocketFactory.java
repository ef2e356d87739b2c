package dev.rowan.internal.driver;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/** The driver's standard socket factory with sockets that limit every read and write. */
public final class TimeoutSocketFactory extends StandardSocketFactory {

    /** Creates a factory; the driver calls it. */
    public TimeoutSocketFactory() {}

    @Override
    protected Socket createSocket(PropertySet settings) {
        return new TimeoutSocket();
    }
}
