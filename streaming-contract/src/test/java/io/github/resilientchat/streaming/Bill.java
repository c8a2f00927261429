package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.simulator.Invocation;
import java.util.List;

/**
 * What a call has left on its caller's account: what Bedrock counted where it said so, else the
 * prompt and the text received, which is at least what was heard and at most what was sent. What
 * targets used that were left for another one is part of it.
 */
final class Bill {

  /** As the simulator counts. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final List<Invocation> exchanges;
  private final Trial trial;
  private final Transcript heard;
  private final Expected expected;

  Bill(List<Invocation> exchanges, Trial trial, Transcript heard, Expected expected) {
    this.exchanges = exchanges;
    this.trial = trial;
    this.heard = heard;
    this.expected = expected;
  }

  void check() {
    long least = 0;
    long most = 0;
    if (expected.restarts() > 0) {
      least += received(heard.discarded);
      most += sent(exchanges.get(0));
    }
    switch (expected.charge()) {
      case USED -> {
        least += used() + losers() + leastLeft();
        most += used() + losers() + mostLeft(trial.hedgesLost());
      }
      case RECEIVED -> {
        least += received(heard.contents) + losers() + leastLeft();
        most += sent(exchanges.get(exchanges.size() - 1)) + losers();
        most += mostLeft(trial.hedgesLost());
      }
      case RESERVED -> {
        least += trial.estimate().total();
        most += trial.estimate().total();
      }
      case NOTHING -> {}
    }
    assertThat(trial.charged()).as("charged tokens").isBetween(least, most);
  }

  private long used() {
    Invocation answer =
        exchanges.stream()
            .filter(exchange -> exchange.account().equals(expected.answering()))
            .reduce((before, last) -> last)
            .orElseThrow();
    return answer.inputTokens() + answer.outputTokens();
  }

  /** Whoever lost against a hedge, or to it, has read the prompt. */
  private long losers() {
    return trial.hedgesLost() * trial.estimate().input();
  }

  /** Who was left in silence has read the prompt. */
  private long leastLeft() {
    long closed = left().stream().filter(Bill::isClosed).count();
    return Math.max(0, closed - trial.hedgesLost()) * trial.estimate().input();
  }

  /** What targets sent that were left, but for so many who lost against a hedge. */
  private long mostLeft(long lost) {
    long most = 0;
    long skipped = 0;
    for (Invocation exchange : left()) {
      if (isClosed(exchange) && skipped < lost) {
        skipped++;
      } else if (isClosed(exchange) || exchange.outputTokens() > 0) {
        most += sent(exchange);
      }
    }
    return most;
  }

  /** None where what was discarded is counted already. */
  private List<Invocation> left() {
    return expected.restarts() > 0
        ? List.of()
        : exchanges.subList(0, Math.max(0, exchanges.size() - 1));
  }

  private static boolean isClosed(Invocation exchange) {
    return exchange.outcome() == Invocation.Outcome.CANCELLED;
  }

  private long received(List<String> contents) {
    return tokens(contents.stream().mapToLong(String::length).sum());
  }

  private long sent(Invocation exchange) {
    return tokens(exchange.outputTokens() * CHARACTERS_PER_TOKEN);
  }

  private long tokens(long characters) {
    return trial.estimate().input() + TokenEstimate.ofText(characters, 0).input();
  }
}
