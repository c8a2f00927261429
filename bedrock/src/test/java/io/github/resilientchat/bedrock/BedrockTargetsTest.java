package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

class BedrockTargetsTest {

  private static final String SONNET = "us.anthropic.claude-sonnet-4-6";
  private static final String UNKNOWN = "example.writer-v1:0";

  @Test
  void aTargetSaysWhereItIsAndHasTheClientsOfItsPlace() {
    try (BedrockClients clients = BedrockClients.create()) {
      BedrockAccount account = BedrockAccount.staticKeys("main", "key", "secret", null);
      BedrockTargets targets = BedrockTargets.of(clients, account);

      BedrockTargets.Place sonnet = targets.in("us-east-1", SONNET);

      assertThat(sonnet.target().name()).isEqualTo(SONNET + "@us-east-1/main");
      assertThat(sonnet.target().region()).isEqualTo("us-east-1");
      assertThat(sonnet.target().account()).isEqualTo("main");
      assertThat(sonnet.target().foundationModel()).isEqualTo("anthropic.claude-sonnet-4-6");
      // A model that takes whatever it is sent needs no view of the client of its place.
      BedrockRuntimeClient east = targets.in("us-east-1", UNKNOWN).client();
      assertThat(east).isSameAs(clients.client(account, Region.US_EAST_1));
      assertThat(east).isNotSameAs(targets.in("us-west-2", UNKNOWN).client());
    }
  }

  @Test
  void aModelThatCannotBeCalledThereIsAMistake() {
    try (BedrockClients clients = BedrockClients.create()) {
      BedrockTargets targets =
          BedrockTargets.of(clients, BedrockAccount.staticKeys("main", "key", "secret", null));

      assertThatThrownBy(() -> targets.in("eu-west-1", SONNET))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be called in eu-west-1");
    }
  }
}
