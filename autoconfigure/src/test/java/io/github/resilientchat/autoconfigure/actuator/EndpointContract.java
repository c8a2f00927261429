package io.github.resilientchat.autoconfigure.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.adapter.Attempt;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.context.ApplicationContext;

/** All that the endpoint does: what it shows, and what it changes. */
public abstract class EndpointContract extends EndpointChangesContract {

  @Test
  void routesAndTargetsAreShownWithWhatKeepsCallsAway() {
    exposed.run(
        context -> {
          ((Attempt) ask(router(context)).failed(new IllegalStateException("the prompt")))
              .completed(null);

          String all = call(context, "all", Map.of()).toString();

          assertThat(all)
              .contains("name=chat, canAnswer=true")
              .contains("name=east, model=a.b, region=us-east-1, account=main, tier=0, weight=1")
              .contains("state=resting, reason=cooling down, comesBackInSeconds=")
              .contains("limitsUsed={10rpm=")
              .contains("breaker=closed")
              .contains("drained=[]");
          assertThat(call(context, "named", Map.of("what", "routes", "name", "chat")).toString())
              .contains("state=ready");
          assertThat(call(context, "named", Map.of("what", "routes", "name", "chta"))).isNull();
        });
  }

  @Test
  void whatIsInForceIsShownWithWhoSaysItAndFollowsWhatIsReadAgain() {
    writable.run(
        context -> {
          router(context);
          assertThat(call(context, "group", Map.of("what", "settings")).toString())
              .contains("name=chat, isDefault=true")
              .doesNotContain("AKIA", "the-secret-key");
          String chat = settings(context);
          assertThat(chat)
              .containsPattern("timeout=\\{[^}]*value=2m")
              .containsPattern("strategy=\\{[^}]*source=resilient.routes.chat")
              .containsPattern("limits=\\{[^}]*source=resilient.targets.east")
              .contains("10rpm");

          changing.put("resilient.routes.chat.timeout", "90s");
          call(context, "change", Map.of("action", "reload"));

          assertThat(settings(context)).containsPattern("timeout=\\{[^}]*value=90s");
          assertThat(call(context, "named", Map.of("what", "settings", "name", "chta"))).isNull();
        });
  }

  private static String settings(ApplicationContext context) {
    return call(context, "named", Map.of("what", "settings", "name", "chat")).toString();
  }

  @Test
  void decisionsAreToldWithoutCallerPromptOrKey() {
    exposed.run(
        context -> {
          ((Attempt) ask(router(context)).failed(new IllegalStateException("the prompt")))
              .completed(null);

          String decisions = call(context, "group", Map.of("what", "decisions")).toString();

          assertThat(decisions)
              .contains("servedBy=west")
              .contains("target=east, kind=first, outcome=THROTTLED (ThrottlingException)")
              .contains("target=west, kind=fallback, outcome=answered");
          assertThat(decisions + call(context, "all", Map.of()))
              .doesNotContain("user-7")
              .doesNotContain("the prompt")
              .doesNotContain("AKIA")
              .doesNotContain("the-secret-key");
        });
  }

  @Test
  void plansAreShownWithNumbersOfPeopleAndNobodysName() {
    exposed
        .withPropertyValues(
            "resilient.quotas.default.limits=5rpm",
            "resilient.quotas.tenant.limits=50rpm",
            "resilient.quotas.plans.gold.limits=9rpm",
            "resilient.quotas.plans.gold.users=alice-7, bob-8",
            "resilient.quotas.plans.gold.weight=3")
        .run(
            context -> {
              String plans = call(context, "group", Map.of("what", "plans")).toString();

              assertThat(plans)
                  .contains("name=gold, limits=9rpm, weight=3, users=2, groups=0")
                  .contains("name=default, limits=5rpm")
                  .contains("scope=tenant, of=tenant, limits=50rpm")
                  .doesNotContain("alice-7");
            });
  }

  @Test
  void accountOfACallerIsShownToWhoKnowsTheName() {
    exposed
        .withPropertyValues(
            "resilient.quotas.default.limits=5rpm, 5ktpm",
            "resilient.quotas.plans.gold.limits=9rpm",
            "resilient.quotas.plans.gold.users=user-7")
        .run(
            context -> {
              ask(router(context)).completed(null);

              String account =
                  call(context, "group", Map.of("what", "account", "user", "user-7")).toString();

              assertThat(account)
                  .contains("route=chat, plan=gold")
                  .contains("scope=user, limit=9rpm, used=1, left=8");
              assertThat(call(context, "group", Map.of("what", "account", "user", "nobody")))
                  .asString()
                  .contains("plan=default")
                  .contains("limit=5rpm, used=0, left=5");
              assertThatThrownBy(() -> call(context, "group", Map.of("what", "account")))
                  .isInstanceOf(InvalidEndpointRequestException.class);
            });
  }
}
