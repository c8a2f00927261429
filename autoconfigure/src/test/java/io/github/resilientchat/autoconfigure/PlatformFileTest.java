package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.FileSystemResource;

/** {@code docs/platform.properties} starts on the simulator by one changed line. */
class PlatformFileTest {

  private static final String FILE = "../docs/platform.properties";

  /**
   * One line of the file, written wrong.
   *
   * @param message what the start says of it
   */
  record Slip(String key, String value, String message) {

    @Override
    public String toString() {
      return key + "=" + value;
    }
  }

  private static final List<Slip> SLIPS =
      List.of(
          new Slip("default-route", "chatt", "did you mean 'chat'?"),
          new Slip("accounts.prod.role-arn", "arn:aws:iam::1:role/x", "role-arn"),
          new Slip("accounts.burst.profile", "genai", "has two forms of credentials"),
          new Slip("accounts.lab.api-key", "${LLM_LAB_KEY}", "set LLM_LAB_KEY"),
          new Slip("models.sonnet.input-price", "cheap", "write a number such as 3.30"),
          new Slip("models.sonnet.max-tokens", "0", "must be at least 1"),
          new Slip("models.haiku.output-price", "-5.50", "must not be negative"),
          new Slip(
              "models.nova-pro.id", "us.amazon.nova-pro-v1:0", "write resilient.models.novapro"),
          new Slip("targets.east.limits", "200rpx", "write limits such as"),
          new Slip("targets.east.weight", "0", "a weight must be at least 1"),
          new Slip("targets.west.region", "us-west", "is no AWS Region"),
          new Slip("targets.west.tier", "0", "count tiers from 1"),
          new Slip("targets.spill.account", "brust", "did you mean 'burst'?"),
          new Slip("targets.spill.model", "sonet", "did you mean 'sonnet'?"),
          new Slip("defaults.timeout", "60", "write 60s for seconds, or 60ms"),
          new Slip("defaults.idle-timeout", "soon", "write a time such as 500ms, 30s or 2m"),
          new Slip("defaults.residency", "usa", "neither a Region nor one of"),
          new Slip("defaults.retry.max-attempts", "3.5", "write a whole number"),
          new Slip(
              "routes.chat.fallback", "nova", "did you mean 'resilient.routes.chat.fallbacks'?"),
          new Slip("routes.batch.strategy", "cheapest", "write one of adaptive, weighted"),
          new Slip("routes.batch.attempt-timeout", "10m", "longer than the whole call may take"),
          new Slip("routes.premium.fallbacks", "route:chta", "did you mean 'chat'?"),
          new Slip("routes.premium.hedge.max-percent", "20", "0 hedges no call of the route"),
          new Slip("routes.premium.breaker.failure-rate", "0", "write a failure-rate of 1 to 100"),
          new Slip("identity.anonymous", "maybe", "write one of deny, shared"),
          new Slip("quotas.default.limits", "60rpm, 90rpm", "two limits of one unit"),
          new Slip("quotas.plans.pro.users", "", "list users"),
          new Slip(
              "quotas.plans.nightly.limit",
              "30rpm",
              "did you mean 'resilient.quotas.plans.nightly.limits'?"),
          new Slip("store.max-keys", "0", "how many users are kept"),
          new Slip("http.allowed-hosts", "https://bedrock.internal", "is no name of a host"));

  @Test
  void theFileStartsOnTheSimulatorByOneChangedLine() {
    List<String> warnings =
        Startup.warnings(
            () ->
                runner(Map.of("resilient.backend", "simulator"))
                    .run(
                        context -> {
                          assertThat(context).hasNotFailed();
                          assertThat(context.getBean(ConfiguredRoutes.class).names())
                              .containsExactly("batch", "chat", "premium");
                        }));
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void eachSlipIsToldWithItsKeyAndWhatToWrite(Slip slip) {
    assertThat(Startup.refusal(runner(with(List.of(slip)))))
        .contains("resilient." + slip.key().replace("nova-pro.id", "nova-pro"))
        .contains(slip.message());
  }

  static Stream<Slip> eachSlipIsToldWithItsKeyAndWhatToWrite() {
    return SLIPS.stream();
  }

  @Test
  void oneStartTellsAllOfThem() {
    String report = Startup.refusal(runner(with(SLIPS)));

    assertThat(SLIPS)
        .hasSizeGreaterThanOrEqualTo(25)
        .allSatisfy(slip -> assertThat(report).contains(slip.message()));
  }

  private static Map<String, Object> with(List<Slip> slips) {
    return slips.stream().collect(Collectors.toMap(slip -> "resilient." + slip.key(), Slip::value));
  }

  private static ApplicationContextRunner runner(Map<String, Object> changed) {
    return Startup.runner()
        .withInitializer(
            new PropertiesFile(
                "platform", new FileSystemResource(FILE), new PropertiesPropertySourceLoader()))
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("changed", changed)))
        .withPropertyValues("LLM_EXTERNAL_ID=platform-1", "LLM_LAB_API_KEY=x");
  }
}
