package io.github.resilientchat.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything a call meets on its way through the simulated service. Thread-safe. */
record Bedrock(
    Settings settings,
    Catalogue catalogue,
    Destinations destinations,
    Quotas quotas,
    Faults faults,
    InvocationLog log,
    Roles roles,
    Callers callers,
    Conditions conditions,
    Guardrails guardrails,
    PromptCache cache,
    Signatures signatures,
    AtomicReference<@Nullable Function<ConverseCall, Answer>> script) {

  private static final String THOUGHT = "A simulated model thinks about it.";

  static Bedrock of(Settings settings) {
    Roles roles = new Roles(settings.clock());
    return new Bedrock(
        settings,
        new Catalogue(CatalogueFile.load()),
        new Destinations(settings.seed()),
        new Quotas(settings.clock(), settings.reservationMultiplier()),
        new Faults(settings.seed()),
        new InvocationLog(settings.bounds().log()),
        roles,
        new Callers(roles),
        new Conditions(),
        new Guardrails(),
        new PromptCache(settings.clock()),
        new Signatures(settings.strictSignatures()),
        new AtomicReference<>());
  }

  Instant now() {
    return settings.clock().instant();
  }

  long millisSince(Instant start) {
    return Math.max(0, Duration.between(start, now()).toMillis());
  }

  Answer answer(ConverseCall call, ConverseRequest request, Target target) {
    Function<ConverseCall, Answer> scripted = script.get();
    if (guardrails.stepsIn(request, call)) {
      return Guardrails.answer();
    }
    return scripted == null
        ? thoughtThrough(DefaultAnswer.to(request, target), request, target)
        : Objects.requireNonNull(scripted.apply(call), "the scripted answer is null");
  }

  private Answer thoughtThrough(Answer answer, ConverseRequest request, Target target) {
    return request.asksForReasoning() && target.model().isClaude()
        ? answer.withReasoning(THOUGHT, signatures.sign(target.model(), THOUGHT))
        : answer;
  }

  /** What leads back to what is registered now. */
  Runnable registeredNow() {
    Runnable models = catalogue.asNow();
    Runnable lent = roles.asNow();
    Runnable rails = guardrails.asNow();
    return () -> {
      models.run();
      lent.run();
      rails.run();
    };
  }

  void reset() {
    log.startOver();
    roles.clearLog();
    faults.clear();
    quotas.refill();
    destinations.reset();
    conditions.clear();
    cache.clear();
  }
}
