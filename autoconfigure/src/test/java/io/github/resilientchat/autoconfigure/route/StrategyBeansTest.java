package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.route.RoutingStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A strategy of the application's own, by the name of its bean. */
@ExtendWith(OutputCaptureExtension.class)
class StrategyBeansTest {

  private static ApplicationContextRunner with(String... properties) {
    return Startup.runner()
        .withPropertyValues("resilient.backend=aws")
        .withPropertyValues("resilient.routes.chat.targets=a.b@us-east-1, a.c@us-east-1")
        .withPropertyValues(properties)
        .withBean("cheapAtNight", RoutingStrategy.class, RoutingStrategy::ordered);
  }

  @Test
  void aRouteNamesIt() {
    with("resilient.routes.chat.strategy=cheapAtNight")
        .run(
            context -> {
              assertThat(
                      context
                          .getBean(ConfiguredRoutes.class)
                          .route("chat")
                          .tiers()
                          .get(0)
                          .strategy())
                  .isSameAs(context.getBean("cheapAtNight"));
              assertThat(
                      context.getBean(RoutePlans.class).route("chat").setting("strategy").value())
                  .isEqualTo("bean 'cheapAtNight'");
            });
  }

  @Test
  void theDefaultsNameIt() {
    with("resilient.defaults.strategy=cheapAtNight")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(ConfiguredRoutes.class)
                            .route("chat")
                            .tiers()
                            .get(0)
                            .strategy())
                    .isSameAs(context.getBean("cheapAtNight")));
  }

  @Test
  void anotherNameIsRefusedWithTheNearestOne() {
    assertThat(Startup.refusal(with("resilient.routes.chat.strategy=cheapAtNigth")))
        .contains(
            "resilient.routes.chat.strategy=cheapAtNigth",
            "write one of adaptive, weighted",
            "did you mean 'cheapAtNight'?");
  }

  @Test
  void aNameOfOursIsNoNameOfABean() {
    assertThat(
            Startup.refusal(
                with("resilient.routes.chat.strategy=ordered")
                    .withBean("ordered", RoutingStrategy.class, RoutingStrategy::ordered)))
        .contains("resilient.routes.chat.strategy=ordered", "give the bean another name");
  }

  @Test
  void aBeanThatNobodyNamesIsSaid(CapturedOutput output) {
    with().run(context -> assertThat(context).hasNotFailed());

    assertThat(output).contains("names no bean 'cheapAtNight' of type RoutingStrategy");
  }
}
