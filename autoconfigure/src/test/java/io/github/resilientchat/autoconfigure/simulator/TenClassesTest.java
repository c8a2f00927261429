package io.github.resilientchat.autoconfigure.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Standing;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Quota;
import java.time.Duration;
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

/**
 * Ten test classes in one cached context, in random order: each finds everything as new and leaves
 * its own kind of mess.
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
    assertThat(RAN).hasSize(10);
    assertThat(CONTEXTS).hasSize(1);
  }

  /** What every class checks before it makes its mess, and may do. */
  abstract static class Guest {

    @Autowired ChatModel model;
    @Autowired BedrockSimulator bedrock;
    @Autowired SimulatedTime time;
    @Autowired CallerQuotas quotas;
    @Autowired DecisionLog decisions;
    @Autowired ApplicationContext context;

    abstract void makeAMess();

    @RepeatedTest(2)
    void findsEverythingAsNew() {
      RAN.add(getClass());
      CONTEXTS.add(context);
      assertThat(bedrock.invocations()).isEmpty();
      assertThat(decisions.recent()).isEmpty();
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

    private PlanQuotas plans() {
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
  class Hurrying extends Guest {
    @Override
    void makeAMess() {
      time.pass(Duration.ofHours(7));
      ask("ada", 3);
    }
  }
}
