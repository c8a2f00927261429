package io.github.resilientchat.samples.fivepatterns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Asks many questions at a time, one thread each, as the article's demos do. */
final class Crowd {

  private final Chat chat;
  private final Mode mode;

  Crowd(Chat chat, Mode mode) {
    this.chat = chat;
    this.mode = mode;
  }

  /** Asks all of them, each a little after the one before; results in the questions' order. */
  List<Asked> ask(List<Question> questions, Duration apart) {
    ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(questions.size());
    try {
      List<Future<Asked>> futures = new ArrayList<>();
      for (Question question : questions) {
        long delay = apart.toMillis() * (question.number() - 1);
        futures.add(threads.schedule(() -> askOne(question), delay, TimeUnit.MILLISECONDS));
      }
      List<Asked> asked = new ArrayList<>();
      for (Future<Asked> future : futures) {
        asked.add(future.get());
      }
      return asked;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Asked askOne(Question question) {
    long start = System.nanoTime();
    try {
      String answer = SignedIn.as(question.user(), () -> chat.ask(question, mode));
      return new Asked(question, answer, null, Duration.ofNanos(System.nanoTime() - start));
    } catch (RuntimeException e) {
      return new Asked(question, null, e, Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
