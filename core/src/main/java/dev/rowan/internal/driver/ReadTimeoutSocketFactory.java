package dev.rowan.internal.driver;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/** The driver's own way to connect, but by sockets whose limit for a read costs a virtual thread nothing. */
public final class ReadTimeoutSocketFactory extends StandardSocketFactory {

    /** For the driver. */
    public ReadTimeoutSocketFactory() {}

    @Override
    protected Socket createSocket(PropertySet settings) {
        return new ReadTimeoutSocket();
    }
}
