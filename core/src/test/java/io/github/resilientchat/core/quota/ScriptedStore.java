package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.internal.time.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A store that a test answers for, and time that passes only when it says so. While it is well it
 * lets everything pass and notes what each demand used at last.
 */
final class ScriptedStore implements QuotaStore, Wake {

  /** What becomes of questions. */
  enum Mood {
    WELL,
    FAILING,
    /** It answers {@link #LATE later}. */
    SLOW,
    /** It takes what it is asked, and nobody hears of it. */
    SILENT
  }

  static final Duration LATE = Duration.ofMillis(200);

  final Map<String, Use> ended = new HashMap<>();
  final List<String> taken = new ArrayList<>();
  final List<String> renewed = new ArrayList<>();
  final List<CompletableFuture<Answer>> unheard = new ArrayList<>();
  Mood mood = Mood.WELL;
  int takes;
  int ends;
  int probes;
  boolean closed;
  @Nullable Full full;
  private final List<Alarm> alarms = new ArrayList<>();
  private long now;

  private record Alarm(long due, Runnable action) {}

  @Override
  public Runnable after(long nanos, Runnable action) {
    Alarm alarm = new Alarm(now + nanos, action);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  int alarms() {
    return alarms.size();
  }

  void pass(Duration time) {
    long until = now + time.toNanos();
    while (true) {
      @Nullable Alarm next =
          alarms.stream()
              .filter(alarm -> alarm.due() <= until)
              .min(java.util.Comparator.comparingLong(Alarm::due))
              .orElse(null);
      if (next == null) {
        now = until;
        return;
      }
      alarms.remove(next);
      now = Math.max(now, next.due());
      next.action().run();
    }
  }

  private <T> CompletionStage<T> answer(T said) {
    return switch (mood) {
      case WELL -> CompletableFuture.completedStage(said);
      case FAILING -> CompletableFuture.failedStage(new IllegalStateException("OOM is used up"));
      case SLOW -> late(said);
      case SILENT -> new CompletableFuture<>();
    };
  }

  private <T> CompletionStage<T> late(T said) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    after(LATE.toNanos(), () -> answer.complete(said));
    return answer;
  }

  @Override
  public CompletionStage<Answer> take(Demand demand) {
    takes++;
    if (mood == Mood.SILENT) {
      taken.add(demand.id());
      CompletableFuture<Answer> late = new CompletableFuture<>();
      unheard.add(late);
      return late;
    }
    if (full != null && mood == Mood.WELL) {
      return answer(full);
    }
    if (mood == Mood.WELL || mood == Mood.SLOW) {
      taken.add(demand.id());
    }
    return answer(new Taken("ticket of " + demand.id(), List.of(), new long[0]));
  }

  @Override
  public CompletionStage<Ended> end(Demand demand, @Nullable Object ticket, Use use) {
    ends++;
    if (mood != Mood.FAILING) {
      ended.putIfAbsent(demand.id(), use);
    }
    return answer(new Ended(List.of(), new long[0]));
  }

  @Override
  public CompletionStage<?> renew(List<Demand> running) {
    running.forEach(demand -> renewed.add(demand.id()));
    return answer(true);
  }

  @Override
  public CompletionStage<?> probe() {
    probes++;
    return answer(true);
  }

  @Override
  public Duration lease() {
    return Duration.ofSeconds(30);
  }

  @Override
  public Duration repeatable() {
    return Duration.ofMinutes(9);
  }

  @Override
  public long largestLimit() {
    return 1L << 40;
  }

  @Override
  public void close() {
    closed = true;
  }
}
