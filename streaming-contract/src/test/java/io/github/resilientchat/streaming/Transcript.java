package io.github.resilientchat.streaming;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a caller heard, in order, and what happened in the caller's own code. */
final class Transcript {

  /** What a caller's callback throws. */
  static final class CallersOwn extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** An ending: an error, or an answer without one. */
  record End(@Nullable Throwable error) {}

  final List<String> contents = new CopyOnWriteArrayList<>();
  final List<End> ends = new CopyOnWriteArrayList<>();
  final List<Throwable> returned = new CopyOnWriteArrayList<>();

  /** What it heard before it was told to discard that. */
  final List<String> discarded = new CopyOnWriteArrayList<>();

  final CompletableFuture<Void> begun = new CompletableFuture<>();

  /** The first content after a restart. */
  final CompletableFuture<Void> begunAgain = new CompletableFuture<>();

  private final List<String> afterEnd = new CopyOnWriteArrayList<>();
  private final boolean throwing;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile int restarts;
  private volatile String text = "";

  Transcript(boolean throwing) {
    this.throwing = throwing;
  }

  void text(String more) {
    text += more;
    content(more);
  }

  /** Anything that a user could act on. */
  void content(String content) {
    if (!ends.isEmpty()) {
      afterEnd.add(content);
    }
    contents.add(content);
    if (restarts > 0) {
      begunAgain.complete(null);
    }
    if (begun.complete(null) && throwing) {
      throw new CallersOwn();
    }
  }

  /** What was heard is void. */
  void restart() {
    if (!ends.isEmpty()) {
      afterEnd.add("restart");
    }
    restarts++;
    discarded.addAll(contents);
    contents.clear();
    text = "";
  }

  void complete() {
    ends.add(new End(null));
    ended.complete(null);
  }

  void fail(Throwable error) {
    ends.add(new End(error));
    ended.complete(null);
  }

  /** What the callback threw, coming back; LangChain4j's contract has it end nothing. */
  void comesBack(Throwable own) {
    returned.add(own);
  }

  void awaitEnd() {
    ended.orTimeout(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS).join();
  }

  int restarts() {
    return restarts;
  }

  String text() {
    return text;
  }

  List<String> afterEnd() {
    return afterEnd;
  }
}
