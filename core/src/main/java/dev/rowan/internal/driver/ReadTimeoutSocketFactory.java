package dev.rowan.internal.driver;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/** The driver's standard socket factory with sockets whose read timeout costs a virtual thread nothing. */
public final class ReadTimeoutSocketFactory extends StandardSocketFactory {

    /** Creates a factory; the driver calls it. */
    public ReadTimeoutSocketFactory() {}

    @Override
    protected Socket createSocket(PropertySet settings) {
        return new ReadTimeoutSocket();
    }
}
