package io.github.resilientchat.autoconfigure.keys;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.Environment;

/**
 * Reads properties again while the application runs: what stops a start is a problem here too,
 * wrong keys and values that would be read as something else among it. Thread-safe.
 */
public final class RereadProperties {

  private final Environment environment;
  private final @Nullable ClassLoader loader;
  private final boolean credentialsAreRead;
  private volatile @Nullable KnownKeys known;

  RereadProperties(
      Environment environment, @Nullable ClassLoader loader, boolean credentialsAreRead) {
    this.environment = environment;
    this.loader = loader;
    this.credentialsAreRead = credentialsAreRead;
  }

  /** Adds what is wrong with the keys that are set now, and with what they are set to. */
  public void check(Problems problems) {
    new KeyCheck(known(), problems).check(environment, credentialsAreRead);
  }

  /**
   * The properties below a prefix as they are now. Values that are not of their type are problems,
   * and read as if they were not set.
   *
   * @throws InvalidConfigurationException if nothing can be read of them; holds all problems so far
   */
  public <T> T read(String prefix, Class<T> type, Problems problems) {
    BindProblems ofTheirTypes = new BindProblems();
    try {
      T read =
          Binder.get(environment)
              .bindOrCreate(prefix, Bindable.of(type), ofTheirTypes.apply(BindHandler.DEFAULT));
      problems.addFirst(ofTheirTypes.reported());
      return read;
    } catch (BindException e) {
      ConfigurationProperty property = e.getProperty();
      String expected = ExpectedValue.of(e.getTarget().getType().resolve(Object.class), e);
      problems.add(
          e.getName().toString(),
          property == null ? null : String.valueOf(property.getValue()),
          "is not " + expected,
          "write " + expected);
      problems.report();
      throw e;
    }
  }

  private KnownKeys known() {
    @Nullable KnownKeys read = known;
    if (read == null) {
      read = KnownKeys.of(PropertyRecords.of(loader));
      known = read;
    }
    return read;
  }
}
