package dev.inlay.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;

/** The addresses of a jar and of its entries. */
final class JarAddresses {

  private JarAddresses() {}

  static URL of(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The address of an entry; who reads from it opens the jar once more and closes it again. */
  static URL of(Path jar, String entry) {
    try {
      String name = new URI(null, null, "/" + entry, null).getRawPath();
      return new URL(null, "jar:" + jar.toUri() + "!" + name, new Uncached());
    } catch (MalformedURLException | URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Java's own reader of such addresses, without its cache, which never closes a jar. */
  private static final class Uncached extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL address) throws IOException {
      URLConnection connection = new URL(address.toExternalForm()).openConnection();
      connection.setUseCaches(false);
      return connection;
    }
  }
}
