package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Course.ANSWERED;
import static io.github.resilientchat.streaming.hostile.Course.MOVED;
import static io.github.resilientchat.streaming.hostile.Course.REFUSED;
import static io.github.resilientchat.streaming.hostile.Course.TOOL;

/** Where code of others runs in a call. */
enum Point {
  CLASSIFIER("classifier", MOVED),
  STRATEGY("strategy's order", ANSWERED),
  ON_ATTEMPT("onAttempt of a failure", MOVED),
  ON_CALL("onCall", ANSWERED),
  RESOLVER("caller resolver", ANSWERED),
  ADMIT("quotas' admit", ANSWERED),
  RESERVATION("reservation's ending", ANSWERED),
  BREAKER_EVENT("breaker event", ANSWERED),
  BREAKER_TRANSITION("breaker transition", MOVED),
  BREAKER_ADDED("breaker added", ANSWERED),
  LISTENER_REQUEST("listener onRequest", ANSWERED),
  LISTENER_RESPONSE("listener onResponse", ANSWERED),
  LISTENER_ERROR("listener onError", REFUSED),
  CONTEXT_CAPTURE("context's capture", ANSWERED),
  CONTEXT_WRAP("context's wrap", ANSWERED),
  CONTEXT_RUN("context, before the task", ANSWERED),
  CONTEXT_AFTER("context, after the task", ANSWERED),
  HANDLER_START("handler onStart", ANSWERED),
  HANDLER_PARTIAL("handler onPartialResponse", ANSWERED),
  HANDLER_COMPLETE("handler onCompleteResponse", ANSWERED),
  HANDLER_ERROR("handler onError", REFUSED),
  SUBSCRIBER_START("subscriber onSubscribe", ANSWERED),
  SUBSCRIBER_NEXT("subscriber onNext", ANSWERED),
  SUBSCRIBER_COMPLETE("subscriber onComplete", ANSWERED),
  SUBSCRIBER_ERROR("subscriber onError", REFUSED),
  EXECUTOR("executor", ANSWERED),
  EXECUTOR_REJECTS("executor that rejects", ANSWERED),
  EXECUTOR_ON_THE_SPOT("executor, after running it", ANSWERED),
  MODEL("target's model", ANSWERED),
  MODEL_CONTENT("target's model, after content", ANSWERED),
  OBSERVATION_START("observation onStart", ANSWERED),
  OBSERVATION_SCOPE("observation onScopeOpened", ANSWERED),
  OBSERVATION_STOP("observation onStop", ANSWERED),
  OBSERVATION_ERROR("observation onError", REFUSED),
  TOOL_MANAGER("tool calling manager", TOOL),
  SPRING_TOOL("tool of Spring AI", TOOL),
  LANGCHAIN4J_TOOL("tool of LangChain4j", TOOL);

  final String label;
  final Course course;

  Point(String label, Course course) {
    this.label = label;
    this.course = course;
  }
}
