package io.github.resilientchat.streaming;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.AttemptReport;
import io.github.resilientchat.core.CallReport;
import io.github.resilientchat.core.Engine;
import io.github.resilientchat.core.RouteListener;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.strategy.RoutingStrategy;
import io.github.resilientchat.core.strategy.Signals;
import io.github.resilientchat.core.strategy.TargetSignals;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * One call on an engine of its own. Either target has room for one attempt at a time and the caller
 * for one call, so that whatever is not given back shows.
 */
final class Trial implements RouteListener {

  private static final Limits ONE_AT_A_TIME = Limits.parse("1par");

  private final Lab lab;
  private final RoutePolicy policy;
  private final LimitLedger callers = new LimitLedger(ONE_AT_A_TIME, Ticker.system());
  private final Engine engine =
      Engine.builder().quotas(quotas()).random(new LongestPause()).listener(this).build();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  final CompletableFuture<CallReport> over = new CompletableFuture<>();

  /** The first attempt has failed: what follows is a pause, another attempt or the end. */
  final CompletableFuture<Void> failedOnce = new CompletableFuture<>();

  private volatile Signals signals;

  Trial(Lab lab, RoutePolicy policy) {
    this.lab = lab;
    this.policy = policy;
  }

  @Override
  public void onAttempt(String route, AttemptReport attempt) {
    failedOnce.complete(null);
  }

  @Override
  public void onCall(CallReport report) {
    reports.add(report);
    over.complete(report);
  }

  List<CallReport> reports() {
    return reports;
  }

  /** Reservations of the caller that are still open. */
  long reserved() {
    return callers.running();
  }

  /** Whether the target's only slot is free and no attempt is counted as under way. */
  boolean hasRoom(String account) {
    TargetSignals target = signals.of(target(account));
    return target.inFlight() == 0 && target.quotaLeft() == 1;
  }

  private RoutingStrategy listeningStrategy() {
    return (tier, all) -> {
      signals = all;
      return call -> tier;
    };
  }

  private CallerQuotas quotas() {
    return call ->
        callers.tryReserve(call.estimate().total()) instanceof Reservation reservation
            ? new Admission.Granted(reservation)
            : new Admission.Refused("contract", "1par", Duration.ofSeconds(1));
  }

  private static Target target(String account) {
    return Target.builder(account)
        .model(Lab.MODEL)
        .region("us-east-1")
        .account(account)
        .limits(ONE_AT_A_TIME)
        .build();
  }

  Supplier<String> langChain4jChat() {
    ResilientChatModel model =
        ResilientChatModel.builder()
            .engine(engine)
            .target(target(Words.BLUE), lab.chat(Words.BLUE))
            .fallback(target(Words.GREEN), lab.chat(Words.GREEN))
            .strategy(listeningStrategy())
            .policy(policy)
            .build();
    ChatRequest hello = ChatRequest.builder().messages(UserMessage.from("hello")).build();
    return () -> model.chat(hello).aiMessage().text();
  }

  StreamingChatModel langChain4jStream() {
    return ResilientStreamingChatModel.builder()
        .engine(engine)
        .target(target(Words.BLUE), lab.stream(Words.BLUE))
        .fallback(target(Words.GREEN), lab.stream(Words.GREEN))
        .strategy(listeningStrategy())
        .policy(policy)
        .build();
  }

  Supplier<String> springAiCall() {
    return () -> springAi().call(new Prompt("hello")).getResult().getOutput().getText();
  }

  org.springframework.ai.chat.model.ChatModel springAi() {
    return io.github.resilientchat.springai.ResilientChatModel.builder()
        .engine(engine)
        .target(target(Words.BLUE), lab.springAi(Words.BLUE))
        .fallback(target(Words.GREEN), lab.springAi(Words.GREEN))
        .strategy(listeningStrategy())
        .policy(policy)
        .build();
  }

  /** Takes the chance out of a backoff. */
  private static final class LongestPause implements RandomGenerator {

    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
