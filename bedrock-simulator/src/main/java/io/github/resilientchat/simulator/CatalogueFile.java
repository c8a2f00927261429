package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The models and inference profiles of {@code catalogue.json}. */
record CatalogueFile(List<Model> models, List<Profile> profiles) {

  /** A geography whose only source is this one may be called from each of its destinations. */
  private static final String EVERY_DESTINATION = "*";

  static CatalogueFile load() {
    try (InputStream json = CatalogueFile.class.getResourceAsStream("catalogue.json")) {
      if (json == null) {
        throw new IllegalStateException("catalogue.json is missing from the jar");
      }
      return read(Json.MAPPER.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CatalogueFile read(JsonNode file) {
    List<Model> models = new ArrayList<>();
    List<Profile> profiles = new ArrayList<>();
    for (JsonNode entry : file.path("models")) {
      Model model =
          new Model(
              entry.path("id").asText(),
              entry.path("burndown").asInt(),
              entry.path("maxTokens").asInt(),
              entry.path("onDemand").asBoolean(),
              lacks(entry.path("lacks")));
      models.add(model);
      for (Map.Entry<String, JsonNode> profile : entry.path("profiles").properties()) {
        JsonNode geography = file.path("geographies").path(profile.getValue().asText());
        profiles.add(
            new Profile(profile.getKey() + "." + model.id(), model, destinations(geography)));
      }
    }
    return new CatalogueFile(models, profiles);
  }

  private static Set<String> lacks(JsonNode names) {
    Set<String> lacks = new TreeSet<>();
    names.forEach(name -> lacks.add(name.asText()));
    return lacks;
  }

  private static Map<String, List<String>> destinations(JsonNode geography) {
    Map<String, List<String>> bySource = new HashMap<>();
    for (Map.Entry<String, JsonNode> row : geography.properties()) {
      List<String> destinations = new ArrayList<>();
      row.getValue().forEach(region -> destinations.add(region.asText()));
      if (row.getKey().equals(EVERY_DESTINATION)) {
        destinations.forEach(source -> bySource.put(source, List.copyOf(destinations)));
      } else {
        bySource.put(row.getKey(), List.copyOf(destinations));
      }
    }
    return bySource;
  }
}
