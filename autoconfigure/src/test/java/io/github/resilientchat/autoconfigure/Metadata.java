package io.github.resilientchat.autoconfigure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What editors are told of the properties. */
public final class Metadata {

  private Metadata() {}

  public static JsonNode read() {
    try {
      String own = Metadata.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      return new ObjectMapper()
          .readTree(new File(own, "../classes/META-INF/spring-configuration-metadata.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
