package io.github.resilientchat.simulator;

import java.util.List;

/**
 * What a model id means for one source Region.
 *
 * @param id the model or profile id behind whatever form the client sent
 * @param budget what the calls are counted under beside their family
 * @param destinations Regions that may serve the call; never empty
 */
record Target(String id, Model model, String budget, Family family, List<String> destinations) {

  static Target onDemand(Model model, String region) {
    return new Target(model.id(), model, model.id(), Family.ON_DEMAND, List.of(region));
  }

  /** Throughput that was bought: nobody else's calls are counted with those to its ARN. */
  static Target provisioned(String arn, Model model, String region) {
    return new Target(arn, model, arn, Family.ON_DEMAND, List.of(region));
  }
}
