package io.github.resilientchat.benchmarks.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;

/**
 * Certificates and names of a JVM that was started with {@link #options}: it trusts one certificate
 * and not the other, and knows the names of a file that may change.
 */
final class Surroundings {

  static final String KNOWN = "known.p12";
  static final String UNKNOWN = "unknown.p12";

  private static final String TRUSTED = "trusted.p12";
  private static final String HOSTS = "hosts";
  private static final String FOLDER = "chaos.folder";
  private static final String PASSWORD = "changeit";
  // A host of Bedrock's own, so that signed prompts may go there; the file says where it is.
  private static final String DOMAIN = ".bedrock-runtime.us-east-1.vpce.amazonaws.com";
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Set<String> KNOWN_NAMES = new TreeSet<>();

  private Surroundings() {}

  static boolean prepared() {
    return System.getProperty(FOLDER) != null;
  }

  static Path folder() {
    return Path.of(System.getProperty(FOLDER, ""));
  }

  /** Makes the files, and says how a JVM is started that lives with them. */
  static List<String> options() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("chaos");
    for (String store : List.of(KNOWN, UNKNOWN)) {
      keytool(
          folder,
          List.of(
              "-genkeypair",
              "-alias",
              "server",
              "-keyalg",
              "EC",
              "-validity",
              "30",
              "-dname",
              "CN=" + store,
              "-keystore",
              store,
              "-ext",
              "san=dns:localhost,ip:127.0.0.1,dns:*" + DOMAIN));
    }
    keytool(
        folder,
        List.of("-exportcert", "-alias", "server", "-keystore", KNOWN, "-file", "known.cer"));
    keytool(
        folder,
        List.of(
            "-importcert",
            "-noprompt",
            "-alias",
            "server",
            "-keystore",
            TRUSTED,
            "-file",
            "known.cer"));
    Files.writeString(folder.resolve(HOSTS), "127.0.0.1 localhost\n");
    return List.of(
        "-D" + FOLDER + "=" + folder,
        "-Djavax.net.ssl.trustStore=" + folder.resolve(TRUSTED),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
        "-Djdk.net.hosts.file=" + folder.resolve(HOSTS),
        "-Dsun.net.inetaddr.ttl=0",
        "-Dsun.net.inetaddr.negative.ttl=0");
  }

  /** A name that resolves to this machine. */
  static String newName() {
    String name = "vpce-0c4a05c4a05c4a05c-%08d".formatted(NAMES.incrementAndGet()) + DOMAIN;
    know(name);
    return name;
  }

  static synchronized void know(String name) {
    KNOWN_NAMES.add(name);
    writeNames();
  }

  static synchronized void forget(String name) {
    KNOWN_NAMES.remove(name);
    writeNames();
  }

  private static void writeNames() {
    StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
    KNOWN_NAMES.forEach(name -> lines.append("127.0.0.1 ").append(name).append('\n'));
    try {
      Path next = folder().resolve("hosts.next");
      Files.writeString(next, lines);
      // Read at any moment, so it must be whole at any moment.
      Files.move(next, folder().resolve(HOSTS), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static KeyManagerFactory keys(Path store) throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD.toCharArray());
      return factory;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("cannot read " + store, broken);
    }
  }

  private static void keytool(Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "keytool failed: " + Files.readString(folder.resolve("keytool.log")));
    }
  }
}
