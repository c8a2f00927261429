package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call's way over its targets, as the watch remembers it. */
final class Course {

  private final long deadline;
  private final boolean streaming;
  private final List<Failed> failures = new ArrayList<>(1);

  private record Failed(Target target, FailureKind kind) {}

  Course(long deadline, boolean streaming) {
    this.deadline = deadline;
    this.streaming = streaming;
  }

  long deadline() {
    return deadline;
  }

  boolean streaming() {
    return streaming;
  }

  void failed(Target target, FailureKind kind) {
    failures.add(new Failed(target, kind));
  }

  /** Whether the call failed here before. */
  boolean failedAt(Target target) {
    return failures.stream().anyMatch(failed -> failed.target() == target);
  }

  /** Whether the next attempt at this target is a second try: the last one failed here. */
  boolean isSecondTry(Target target) {
    return !failures.isEmpty() && failures.get(failures.size() - 1).target() == target;
  }

  int failures(Target target, FailureKind kind) {
    return (int)
        failures.stream()
            .filter(failed -> failed.target() == target && failed.kind() == kind)
            .count();
  }

  /** What the last attempt failed with; null before that. */
  @Nullable FailureKind lastKind() {
    return failures.isEmpty() ? null : failures.get(failures.size() - 1).kind();
  }

  /** Failed attempts that used up one of those that a call has. */
  int counted() {
    return (int) failures.stream().filter(failed -> Blame.counts(failed.kind())).count();
  }

  @Override
  public String toString() {
    return (streaming ? "stream" : "blocking") + failures;
  }

  int attempts() {
    return failures.size();
  }
}
