package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Faults as JSON of the admin API. */
final class FaultJson {

  private static final Set<String> FIELDS =
      Set.of(
          "kind",
          "account",
          "region",
          "model",
          "streaming",
          "times",
          "probability",
          "status",
          "errorType",
          "message",
          "retryAfter",
          "delay",
          "afterFrames");

  private FaultJson() {}

  static List<Fault> read(byte[] body) {
    return AdminRequest.list(body, FIELDS).stream().map(FaultJson::fault).toList();
  }

  private static Fault fault(AdminRequest json) {
    Fault fault = new Fault(effect(json), FaultScope.EVERY_CALL);
    if (json.has("account")) {
      fault = fault.account(json.text("account"));
    }
    if (json.has("region")) {
      fault = fault.region(json.text("region"));
    }
    if (json.has("model")) {
      fault = fault.model(json.text("model"));
    }
    if (json.has("streaming")) {
      fault = fault.streaming(json.bool("streaming"));
    }
    if (json.has("times")) {
      fault = fault.times(Math.toIntExact(json.number("times")));
    }
    return json.has("probability") ? fault.probability(json.fraction("probability")) : fault;
  }

  private static FaultEffect effect(AdminRequest json) {
    Fault.Kind kind = json.constant("kind", Fault.Kind.class);
    int afterFrames = json.optionalInt("afterFrames", 0);
    FaultEffect effect =
        switch (kind) {
          case HTTP_ERROR -> FaultEffect.httpError(error(json, (int) json.number("status")));
          case STREAM_EXCEPTION, STREAM_ERROR ->
              FaultEffect.inStream(kind, afterFrames, json.text("errorType"), json.text("message"));
          default -> FaultEffect.of(kind, afterFrames);
        };
    if (json.has("retryAfter")) {
      effect = effect.withRetryAfter(json.duration("retryAfter"));
    }
    boolean needsDelay = kind == Fault.Kind.LATENCY || kind == Fault.Kind.SLOW_FIRST_TOKEN;
    return needsDelay || json.has("delay") ? effect.withDelay(json.duration("delay")) : effect;
  }

  private static ApiError error(AdminRequest json, int status) {
    return ApiError.of(status, json.text("errorType"), json.text("message"));
  }

  static ObjectNode write(Fault fault) {
    FaultEffect effect = fault.effect();
    FaultScope scope = fault.scope();
    ObjectNode json = Json.object().put("kind", effect.kind().name());
    json.put("account", scope.account())
        .put("region", scope.region())
        .put("model", scope.model())
        .put("streaming", scope.streaming());
    if (scope.times() != FaultScope.ALWAYS) {
      json.put("times", scope.times());
    }
    if (scope.probability() < 1) {
      json.put("probability", scope.probability());
    }
    writeEffect(effect, json);
    json.properties().removeIf(field -> field.getValue().isNull());
    return json;
  }

  private static void writeEffect(FaultEffect effect, ObjectNode json) {
    ApiError error = effect.error();
    if (error != null) {
      Duration retryAfter = error.retryAfter();
      json.put("status", error.status())
          .put("errorType", error.type())
          .put("message", error.message())
          .put("retryAfter", retryAfter == null ? null : Durations.format(retryAfter));
    }
    if (effect.kind().needsStream()) {
      json.put("afterFrames", effect.afterFrames());
    }
    if (!effect.delay().isZero()) {
      json.put("delay", Durations.format(effect.delay()));
    }
  }
}
