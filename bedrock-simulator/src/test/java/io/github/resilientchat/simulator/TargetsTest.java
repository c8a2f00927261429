package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class TargetsTest {

  private static final String INVALID = "The provided model identifier is invalid.";

  private final BedrockSimulator simulator = BedrockSimulator.start();
  private final BedrockRuntimeClient client = Sdk.sync(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void profileOnlyModelCannotBeInvokedByItsBareId() {
    assertInvalid(
        client,
        "anthropic.claude-sonnet-4-5-20250929-v1:0",
        "Invocation of model ID anthropic.claude-sonnet-4-5-20250929-v1:0 with on-demand throughput"
            + " isn’t supported. Retry your request with the ID or ARN of an inference profile that"
            + " contains this model.");
  }

  @Test
  void unknownModelIsInvalid() {
    assertInvalid(client, "acme.model-1", INVALID);
  }

  @Test
  void profileIsInvalidOutsideItsSources() {
    try (var europe = Sdk.sync(simulator, "blue", "eu-west-1")) {
      assertInvalid(europe, Sdk.US_CLAUDE, INVALID);
      Sdk.ask(europe, "eu.anthropic.claude-sonnet-4-5-20250929-v1:0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0, ON_DEMAND",
    "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0, CROSS_REGION",
    "arn:aws:bedrock:us-east-1:111122223333:inference-profile/global.amazon.nova-2-lite-v1:0, GLOBAL"
  })
  void arnResolvesToItsId(String arn, Family family) {
    Sdk.ask(client, arn);
    Invocation invocation = simulator.invocations().get(0);
    assertThat(invocation.modelId()).isEqualTo(arn);
    assertThat(invocation.family()).isEqualTo(family);
  }

  @Test
  void arnOfAnotherRegionIsInvalid() {
    assertInvalid(
        client, "arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-pro-v1:0", INVALID);
  }

  @Test
  void applicationProfileServesOnceRegistered() {
    String arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123";
    assertInvalid(client, arn, INVALID);
    simulator.applicationProfile(arn, Sdk.US_CLAUDE);
    Sdk.ask(client, arn);
    assertThat(simulator.invocations().get(1).family()).isEqualTo(Family.CROSS_REGION);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.applicationProfile(arn, "no.such.model"))
        .withMessageContaining("no.such.model");
  }

  @Test
  void provisionedThroughputHasABudgetOfItsOwn() {
    String arn = "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/a1b2c3d4e5f6";
    assertInvalid(client, arn, INVALID);
    simulator.provisionedModel(arn, Sdk.NOVA);
    simulator.quota(Quota.requestsPerMinute(1).model(arn));

    Sdk.ask(client, arn);
    assertThatThrownBy(() -> Sdk.ask(client, arn)).isInstanceOf(ThrottlingException.class);
    Sdk.ask(client, Sdk.NOVA);

    simulator.quota(Quota.requestsPerMinute(0).model(Sdk.NOVA));
    simulator.quota(Quota.requestsPerMinute(2).model(arn));
    Sdk.ask(client, arn);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.provisionedModel(arn, "no.such.model"))
        .withMessageContaining("no.such.model");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.provisionedModel("a.b", Sdk.NOVA))
        .withMessageContaining("a.b");
  }

  @Test
  void registeredModelAnswers() {
    simulator.model("test.model");
    Sdk.ask(client, "test.model");
  }

  @Test
  void sameSeedPicksTheSameRegions() {
    List<String> first = regionsOf(7, 40);
    assertThat(regionsOf(7, 40)).isEqualTo(first);
    assertThat(regionsOf(8, 40)).isNotEqualTo(first);
  }

  @Test
  void resetStartsTheSequenceOfRegionsAnew() {
    List<String> before = served(simulator, 10);
    simulator.reset();
    assertThat(served(simulator, 10)).isEqualTo(before);
  }

  @Test
  void everyDestinationServesAndTheSourceServesMost() {
    Map<String, Long> shares =
        regionsOf(1, 300).stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(shares).containsOnlyKeys("us-east-1", "us-east-2", "us-west-2");
    assertThat(shares.values()).allMatch(count -> count > 20);
    assertThat(shares.get("us-east-1"))
        .isGreaterThan(shares.get("us-east-2") + shares.get("us-west-2"));
    assertThat(shares.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(300);
  }

  @Test
  void destinationsDependOnTheSource() {
    Catalogue catalogue = new Catalogue(CatalogueFile.load());
    assertThat(catalogue.resolve(Sdk.US_CLAUDE, "ca-central-1").destinations())
        .containsExactly("us-east-1", "us-east-2", "us-west-2", "ca-central-1");
    assertThat(catalogue.resolve("eu.amazon.nova-micro-v1:0", "il-central-1").destinations())
        .contains("il-central-1", "eu-south-1");
    assertThat(catalogue.resolve(Sdk.GLOBAL_CLAUDE, "sa-east-1").destinations())
        .hasSizeGreaterThan(20);
  }

  private static List<String> regionsOf(long seed, int calls) {
    Catalogue catalogue = new Catalogue(CatalogueFile.load());
    Target target = catalogue.resolve(Sdk.US_CLAUDE, "us-east-1");
    Destinations destinations = new Destinations(seed);
    return java.util.stream.Stream.generate(() -> destinations.pick(target, "us-east-1"))
        .limit(calls)
        .toList();
  }

  private List<String> served(BedrockSimulator by, int calls) {
    for (int i = 0; i < calls; i++) {
      Sdk.ask(client, Sdk.US_CLAUDE);
    }
    return by.invocations().stream().map(Invocation::inferenceRegion).toList();
  }

  private static void assertInvalid(BedrockRuntimeClient client, String modelId, String message) {
    assertThatThrownBy(() -> Sdk.ask(client, modelId))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e -> assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message));
  }
}
