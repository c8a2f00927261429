package io.github.resilientchat.simulator;

import java.util.List;
import java.util.Map;

/** A system-defined inference profile: from which source Region to which destinations. */
record Profile(String id, Model model, Map<String, List<String>> destinations) {

  Profile {
    destinations = Map.copyOf(destinations);
  }

  static Family familyOf(String id) {
    return id.startsWith("global.") ? Family.GLOBAL : Family.CROSS_REGION;
  }
}
