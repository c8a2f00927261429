package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.ai.chat.prompt.Prompt;

/** An engine of its own for one call, the models on it, and what the engine told. */
final class Trial implements RouteListener {

  final Clock clock = new Clock();

  /** An attempt has failed: what follows is a pause, another attempt or the end. */
  final CompletableFuture<Void> failedOnce = new CompletableFuture<>();

  /** The first target has refused and the last one is being looked at. */
  final CompletableFuture<Void> turnedAway = new CompletableFuture<>();

  private final Lab lab;
  private final RoutePolicy policy;
  private final Before before;
  private final Account account = new Account();
  private final Engine engine =
      Engine.builder()
          .ticker(clock)
          .quotas(account)
          .random(new LongestPause())
          .listener(this)
          .build();
  private final Room room;
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final Semaphore reported = new Semaphore(0);

  Trial(Lab lab, RoutePolicy policy, Before before) {
    this.lab = lab;
    this.policy = policy;
    this.before = before;
    this.room = new Room(engine, lab, before);
  }

  @Override
  public void onAttempt(String route, AttemptReport attempt) {
    failedOnce.complete(null);
  }

  @Override
  public void onCall(CallReport report) {
    reports.add(report);
    reported.release();
  }

  void awaitReports(int count) throws InterruptedException {
    assertThat(reported.tryAcquire(count, Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS))
        .as("%s reports in time, not %s", count, reports.size())
        .isTrue();
  }

  List<CallReport> reports() {
    return reports;
  }

  /** How many attempts the engine has ended because another one won. */
  long hedgesLost() {
    return reports.stream()
        .flatMap(report -> report.attempts().stream())
        .filter(attempt -> attempt.failure() != null)
        .filter(attempt -> attempt.failure().code().equals("HedgeLost"))
        .count();
  }

  /** What the engine reserved for the call. */
  TokenEstimate estimate() {
    return account.estimate();
  }

  long charged() {
    return account.charged();
  }

  void useUpLimits() {
    room.useUp(Words.BLUE);
    room.useUp(Words.GREEN);
  }

  /** What has been reported and charged so far was not the call. */
  void forgetCalls() {
    reported.drainPermits();
    reports.clear();
    account.clear();
  }

  /** Nothing is reserved, and a call is let in at either target. */
  void checkRoom() {
    assertThat(account.reserved()).as("open reservations").isZero();
    room.check(clock);
  }

  private RoutingStrategy asConfigured() {
    return (tier, signals) -> {
      room.listen(signals);
      boolean last = tier.get(0).name().equals(Words.GREEN);
      return call -> {
        if (last) {
          turnedAway.complete(null);
        }
        return tier;
      };
    };
  }

  private Target target(String name) {
    return Room.target(name, before);
  }

  Supplier<String> langChain4jChat() {
    ResilientChatModel model =
        ResilientChatModel.builder()
            .engine(engine)
            .target(target(Words.BLUE), lab.chat(Words.BLUE))
            .fallback(target(Words.GREEN), lab.chat(Words.GREEN))
            .strategy(asConfigured())
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
        .strategy(asConfigured())
        .policy(policy)
        .build();
  }

  Supplier<String> springAiCall() {
    org.springframework.ai.chat.model.ChatModel model = springAi();
    return () -> model.call(new Prompt("hello")).getResult().getOutput().getText();
  }

  org.springframework.ai.chat.model.ChatModel springAi() {
    return io.github.resilientchat.springai.ResilientChatModel.builder()
        .engine(engine)
        .target(target(Words.BLUE), lab.springAi(Words.BLUE))
        .fallback(target(Words.GREEN), lab.springAi(Words.GREEN))
        .strategy(asConfigured())
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
