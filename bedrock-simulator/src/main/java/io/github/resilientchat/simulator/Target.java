package io.github.resilientchat.simulator;

import java.util.List;

/**
 * What a model id means for one source Region.
 *
 * @param id the model or profile id behind whatever form the client sent
 * @param destinations Regions that may serve the call; never empty
 */
record Target(String id, Model model, Family family, List<String> destinations) {

  static Target onDemand(Model model, String region) {
    return new Target(model.id(), model, Family.ON_DEMAND, List.of(region));
  }
}
