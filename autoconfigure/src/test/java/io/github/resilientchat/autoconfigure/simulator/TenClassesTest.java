package io.github.resilientchat.autoconfigure.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.operation.Reload;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Standing;
import io.github.resilientchat.core.quota.UsageBook;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Quota;
import io.github.resilientchat.simulator.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestClassOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Test classes, more than ten, in one cached context, in random order: each finds everything as new
 * and leaves its own kind of mess.
 */
@SpringBootTest(
    classes = BothFrameworksApplication.class,
    properties = {
      "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
      "resilient.models.sonnet.input-price=100000",
      "resilient.models.sonnet.output-price=100000",
      "resilient.models.haiku.id=us.anthropic.claude-haiku-4-5-20251001-v1:0",
      "resilient.models.haiku.input-price=100000",
      "resilient.models.haiku.output-price=100000",
      "resilient.routes.chat.targets=sonnet@us-east-1",
      "resilient.routes.turns.targets=sonnet@us-east-1, haiku@us-west-2",
      "resilient.routes.turns.strategy=round-robin",
      "resilient.routes.chat.fallbacks=haiku@us-west-2",
      "resilient.quotas.default.limits=40rpm, 1mtpm",
      "resilient.quotas.plans.days.limits=2rpd",
      "resilient.quotas.plans.days.users=daily",
      "resilient.quotas.plans.months.limits=5usd/mo",
      "resilient.quotas.plans.months.users=monthly"
    })
@AutoConfigureResilientSimulator
@TestClassOrder(ClassOrderer.Random.class)
class TenClassesTest {

  private static final String SONNET = "us.anthropic.claude-sonnet-4-6";
  private static final Set<ApplicationContext> CONTEXTS = ConcurrentHashMap.newKeySet();
  private static final Set<Class<?>> RAN = ConcurrentHashMap.newKeySet();
  private static final Set<Long> RESERVED = ConcurrentHashMap.newKeySet();

  @AfterAll
  static void allOfThemSharedOneContext() {
    assertThat(RAN).hasSizeGreaterThanOrEqualTo(10).hasSize(messes());
    assertThat(CONTEXTS).hasSize(1);
  }

  private static int messes() {
    return (int)
        Arrays.stream(TenClassesTest.class.getDeclaredClasses())
            .filter(each -> each.isAnnotationPresent(Nested.class))
            .count();
  }

  /** What every class checks before it makes its mess, and may do. */
  abstract static class Guest {

    @Autowired ChatModel model;
    @Autowired BedrockSimulator bedrock;
    @Autowired SimulatedTime time;
    @Autowired CallerQuotas quotas;
    @Autowired DecisionLog decisions;
    @Autowired Engine engine;
    @Autowired UsageBook usage;
    @Autowired Reload reload;
    @Autowired ConfigurableEnvironment environment;
    @Autowired ApplicationContext context;

    abstract void makeAMess();

    @RepeatedTest(2)
    void findsEverythingAsNew() {
      RAN.add(getClass());
      CONTEXTS.add(context);
      assertThat(bedrock.invocations()).isEmpty();
      assertThat(decisions.recent()).isEmpty();
      assertThat(usage.days()).isEmpty();
      assertThat(engine.operations().drained()).isEmpty();
      assertThat(engine.operations().routes())
          .flatExtracting(RouteStatus::targets)
          .hasSize(4)
          .allSatisfy(
              target -> {
                assertThat(target.state()).isEqualTo(TargetStatus.State.READY);
                assertThat(target.weight()).isEqualTo(1);
                assertThat(target.blocking().failures()).isZero();
              });
      assertThat(plans().limits().toString()).contains("40rpm", "1mtpm", "2rpd", "5usd/mo");
      assertThat(asOfRoute("turns")).isEqualTo(SONNET);
      bedrock.reset();
      for (String user : new String[] {"ada", "daily", "monthly"}) {
        assertThat(plans().standings(Caller.user(user), "chat"))
            .extracting(Standing::used)
            .containsOnly(0L);
        assertThat(ask(user)).startsWith("Simulated answer from");
      }
      assertThat(bedrock.invocations()).extracting(Invocation::modelId).containsOnly(SONNET);
      RESERVED.add(reservedForAShortAnswer());
      assertThat(RESERVED).hasSize(1);

      makeAMess();
    }

    /** The model that a route asks next. */
    String asOfRoute(String route) {
      CallerScope.callAs(
          Caller.user("turner"),
          () ->
              model.chat(
                  ChatRequest.builder().messages(UserMessage.from("Hi")).modelName(route).build()));
      return bedrock.invocations().get(bedrock.invocations().size() - 1).modelId();
    }

    String fallback() {
      return engine.operations().routes().get(0).targets().get(1).target().name();
    }

    PlanQuotas plans() {
      return (PlanQuotas) quotas;
    }

    String ask(String user) {
      return CallerScope.callAs(Caller.user(user), () -> model.chat("Hello"));
    }

    void ask(String user, int times) {
      for (int i = 0; i < times; i++) {
        catchThrowable(() -> ask(user));
      }
    }

    /** Of a request that sets no limit, while it is under way. */
    private long reservedForAShortAnswer() {
      AtomicLong reserved = new AtomicLong();
      bedrock.answer(
          call -> {
            plans().standings(Caller.user("grace"), "chat").stream()
                .filter(standing -> standing.limit().unit() == Limit.Unit.TPM)
                .forEach(standing -> reserved.set(standing.used()));
            return Answer.text("Yes.");
          });
      ask("grace");
      return reserved.get();
    }
  }

  @Nested
  class Throttled extends Guest {
    @Override
    void makeAMess() {
      bedrock.fault(
          Fault.httpError(429, "ThrottlingException", "Too many requests")
              .model(SONNET)
              .retryAfter(Duration.ofSeconds(50)));
      ask("ada", 3);
    }
  }

  @Nested
  class UsedUpInAMinute extends Guest {
    @Override
    void makeAMess() {
      ask("ada", 50);
      assertThat(catchThrowable(() -> ask("ada"))).isInstanceOf(QuotaExceededException.class);
    }
  }

  @Nested
  class UsedUpInADay extends Guest {
    @Override
    void makeAMess() {
      ask("daily", 5);
      assertThat(catchThrowable(() -> ask("daily"))).isInstanceOf(QuotaExceededException.class);
    }
  }

  @Nested
  class UsedUpInAMonth extends Guest {
    @Override
    void makeAMess() {
      ask("monthly", 20);
      assertThat(catchThrowable(() -> ask("monthly"))).isInstanceOf(QuotaExceededException.class);
    }
  }

  @Nested
  class Scripted extends Guest {
    @Override
    void makeAMess() {
      bedrock.answer(call -> Answer.text("scripted"));
      assertThat(ask("ada")).isEqualTo("scripted");
    }
  }

  @Nested
  class Failing extends Guest {
    @Override
    void makeAMess() {
      bedrock.fault(Fault.httpError(500, "InternalServerException", "Oops"));
      ask("ada", 20);
    }
  }

  @Nested
  class Denied extends Guest {
    @Override
    void makeAMess() {
      bedrock.fault(
          Fault.httpError(403, "UnrecognizedClientException", "The security token is invalid"));
      ask("ada", 5);
    }
  }

  @Nested
  class Teaching extends Guest {
    @Override
    void makeAMess() {
      bedrock.answer(call -> Answer.text("word ".repeat(300)));
      ask("ada", 30);
    }
  }

  @Nested
  class Limited extends Guest {
    @Override
    void makeAMess() {
      bedrock.quota(Quota.requestsPerMinute(1));
      ask("ada", 5);
    }
  }

  @Nested
  class Drained extends Guest {
    @Override
    void makeAMess() {
      engine.operations().drain(Part.region("us-east-1"));
      engine.operations().drain(Part.target(fallback()));
      ask("ada", 2);
    }
  }

  @Nested
  class Weighed extends Guest {
    @Override
    void makeAMess() {
      engine.operations().weigh("turns", fallback(), 9);
      asOfRoute("turns");
    }
  }

  @Nested
  class Reloaded extends Guest {
    @Override
    void makeAMess() {
      PropertySource<?> changed =
          new MapPropertySource(
              "changed",
              Map.of(
                  "resilient.routes.chat.targets", "haiku@us-east-1",
                  "resilient.quotas.default.limits", "1rpm, 1mtpm"));
      environment.getPropertySources().addFirst(changed);
      try {
        reload.reload(false);
      } finally {
        environment.getPropertySources().remove("changed");
      }
      assertThat(plans().limits().toString()).contains("1rpm");
      ask("ada", 2);
    }
  }

  @Nested
  class InDebt extends Guest {
    @Override
    void makeAMess() {
      bedrock.answer(call -> Answer.text("dear").withUsage(Usage.of(1_000_000, 1_000_000)));
      ask("monthly", 1);
      assertThat(catchThrowable(() -> ask("monthly"))).isInstanceOf(QuotaExceededException.class);
    }
  }

  @Nested
  class OfItsOwn extends Guest {
    @Override
    void makeAMess() {
      assertThat(catchThrowable(() -> bedrock.endOfLife("acme.own", Instant.EPOCH)))
          .hasMessageContaining("unknown model");
      bedrock.model("acme.own");
      bedrock.endOfLife("acme.own", Instant.EPOCH);
    }
  }

  @Nested
  class Hurrying extends Guest {
    @Override
    void makeAMess() {
      time.pass(Duration.ofHours(7));
      ask("ada", 3);
    }
  }
}
