package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What models cost, from the properties, the application's price book and this library's. */
class MoneyTest {

  private static final String REGION = "resilient.defaults.region=us-east-1";
  private static final String FILE = "resilient.prices.file=classpath:reference/prices.csv";

  private static Target first(String... properties) {
    return Startup.routes(properties).route("chat").targets().get(0);
  }

  private static String refusal(String... properties) {
    return Startup.refusal(
        Startup.runner()
            .withPropertyValues("resilient.backend=aws")
            .withPropertyValues(properties));
  }

  @Test
  void modelWithoutPricesHasThoseOfThePriceBookByTheWayItIsCalled() {
    List<Target> targets =
        Startup.routes(
                REGION,
                "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
                "resilient.routes.chat.targets=sonnet, global.anthropic.claude-sonnet-4-6",
                "resilient.routes.chat.strategy=cost")
            .route("chat")
            .targets();

    assertThat(targets)
        .extracting(target -> target.traits().prices())
        .containsExactly(new Prices(3.3, 16.5, 0.33, 4.125), new Prices(3, 15, 0.3, 3.75));
  }

  @Test
  void burndownAndContextWindowAreTheCataloguesUnlessSaid() {
    Target.Traits known =
        first(REGION, "resilient.routes.chat.targets=us.anthropic.claude-opus-4-8").traits();
    Target.Traits said =
        first(
                REGION,
                "resilient.models.opus.id=us.anthropic.claude-opus-5-5",
                "resilient.models.opus.output-burndown=7",
                "resilient.routes.chat.targets=opus")
            .traits();

    assertThat(known.outputBurndown()).isEqualTo(15);
    assertThat(said.outputBurndown()).isEqualTo(7);
    assertThat(said.contextWindow()).isEqualTo(1_000_000);
  }

  @Test
  void ownBookReplacesWhatItNamesAndPropertiesReplaceThat() {
    assertThat(
            first(REGION, FILE, "resilient.routes.chat.targets=us.amazon.nova-pro-v1:0")
                .traits()
                .prices())
        .isEqualTo(new Prices(0.5, 2));
    assertThat(first(REGION, FILE, "resilient.routes.chat.targets=acme.house-1").traits().prices())
        .isEqualTo(new Prices(1, 2));
    assertThat(
            first(
                    REGION,
                    FILE,
                    "resilient.models.nova.id=us.amazon.nova-pro-v1:0",
                    "resilient.models.nova.input-price=0.4",
                    "resilient.models.nova.output-price=1.6",
                    "resilient.routes.chat.targets=nova")
                .traits()
                .prices())
        .isEqualTo(new Prices(0.4, 1.6));
  }

  @Test
  void hourInTheCacheHasAPriceOfItsOwn() {
    String[] nova = {
      REGION,
      "resilient.models.nova.id=us.amazon.nova-pro-v1:0",
      "resilient.models.nova.input-price=0.4",
      "resilient.models.nova.output-price=1.6",
      "resilient.routes.chat.targets=nova",
      "resilient.models.nova.cache-write-hour-price=0.7"
    };

    assertThat(first(nova).traits().prices()).isEqualTo(new Prices(0.4, 1.6, 0.4, 0.5, 0.7));
    nova[5] = "resilient.models.nova.cache-write-hour-price=-1";
    assertThat(refusal(nova)).contains("resilient.models.nova.cache-write-hour-price=-1.0");
  }

  @Test
  void limitInMoneyNeedsNoPricesWhereTheBookHasThem() {
    Startup.runner()
        .withPropertyValues(
            "resilient.backend=aws",
            REGION,
            "resilient.routes.chat.targets=us.amazon.nova-pro-v1:0",
            "resilient.quotas.default.limits=5usd/d")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void withoutTheBookModelsHaveNoPrices() {
    assertThat(
            refusal(
                REGION,
                "resilient.prices.bundled=false",
                "resilient.routes.chat.targets=us.amazon.nova-pro-v1:0",
                "resilient.routes.chat.strategy=cost"))
        .contains("targets without a price: us.amazon.nova-pro-v1:0@us-east-1");
  }

  @Test
  void bookThatCannotBeReadStopsTheStart() {
    Stream.of(
            "resilient.prices.file=classpath:reference/none.csv",
            "resilient.prices.file=classpath:reference/examples.properties")
        .forEach(
            file ->
                assertThat(refusal(REGION, file, "resilient.routes.chat.targets=a.b"))
                    .contains(file));
  }
}
