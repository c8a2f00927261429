package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.PriceBook;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.DefaultResourceLoader;

/** Reads the price book that the properties describe. */
final class PriceBookReader {

  private static final String KEY = "resilient.prices.file";

  private PriceBookReader() {}

  static PriceBook read(PricesProperties properties, Problems problems) {
    PriceBook bundled = properties.bundled() ? PriceBook.bundled() : PriceBook.empty();
    String file = properties.file();
    return file == null
        ? bundled
        : problems.collect(() -> own(file)).map(bundled::overriddenBy).orElse(bundled);
  }

  private static PriceBook own(String file) {
    try (Reader in =
        new InputStreamReader(
            new DefaultResourceLoader().getResource(file).getInputStream(),
            StandardCharsets.UTF_8)) {
      return PriceBook.read(file, in);
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          KEY,
          file,
          "cannot be read (" + e.getClass().getSimpleName() + ")",
          "write a location such as file:/etc/prices.csv or classpath:prices.csv");
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          KEY,
          file,
          String.valueOf(e.getMessage()),
          "write lines of model,through,input,output,cache-read,cache-write under a line of these"
              + " words; cache-write-hour may follow");
    }
  }
}
