package io.github.resilientchat.samples.accounts;

import io.github.resilientchat.simulator.Assumption;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Role;
import java.time.Duration;
import java.util.Map;

/** Bedrock and the security token service of two accounts, on this machine. */
final class LocalAws implements AutoCloseable {

  static final String PROD = "arn:aws:iam::111111111111:role/bedrock-invoke";
  static final String BURST = "arn:aws:iam::222222222222:role/bedrock-invoke";

  /** Shorter than AWS lets one ask for, so that one need not wait to see sessions renewed. */
  static final Duration SESSIONS_LAST = Duration.ofSeconds(10);

  private final BedrockSimulator bedrock =
      BedrockSimulator.builder().latency(Duration.ofMillis(20)).start();

  LocalAws() {
    bedrock.role(role(PROD, "prod", "prod-42"));
    bedrock.role(role(BURST, "burst", "burst-42"));
  }

  private static Role role(String arn, String account, String externalId) {
    return Role.of(arn, account).externalId(externalId).trusting("hub").sessionsLast(SESSIONS_LAST);
  }

  BedrockSimulator bedrock() {
    return bedrock;
  }

  /** What the application's properties refer to. */
  Map<String, Object> properties() {
    return Map.of(
        "local.endpoint", bedrock.endpoint().toString(),
        "local.access-key", BedrockSimulator.accessKey("hub"),
        "local.secret-key", BedrockSimulator.secretKey());
  }

  /** Sessions that were given of a role. */
  long sessions(String arn) {
    return bedrock.assumptions().stream()
        .filter(Assumption::granted)
        .filter(asked -> asked.roleArn().equals(arn))
        .count();
  }

  /** Calls that the service refused for their credentials. */
  long refused() {
    return bedrock.invocations().stream().filter(call -> call.status() == 403).count();
  }

  @Override
  public void close() {
    bedrock.close();
  }
}
