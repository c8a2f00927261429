package io.github.resilientchat.autoconfigure.simulator;

import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.BedrockSimulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes callable at a simulator what an account has made for itself, by its ARN. */
final class OwnArns {

  private static final Logger LOG = LoggerFactory.getLogger(OwnArns.class);

  private final BedrockSimulator simulator;

  OwnArns(BedrockSimulator simulator) {
    this.simulator = simulator;
  }

  void add(Target target) {
    String arn = target.model();
    try {
      if (arn.contains(":provisioned-model/")) {
        simulator.provisionedModel(arn, target.foundationModel());
      } else if (arn.contains(":application-inference-profile/")) {
        simulator.applicationProfile(arn, target.foundationModel());
      }
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "the simulator refuses {}: {}; set resilient.models.<name>.foundation-model to a model"
              + " that it knows",
          target.name(),
          e.getMessage());
    }
  }
}
