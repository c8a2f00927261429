package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.EXECUTOR;
import static io.github.resilientchat.streaming.hostile.Point.EXECUTOR_ON_THE_SPOT;
import static io.github.resilientchat.streaming.hostile.Point.EXECUTOR_REJECTS;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** An application's own executor, where the cell is about that. */
final class Threads {

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "own");
            thread.setDaemon(true);
            return thread;
          });

  private Threads() {}

  static Optional<Executor> of(Hostility hostility) {
    if (hostility.isAt(EXECUTOR)) {
      return Optional.of(task -> hostility.at(EXECUTOR, () -> POOL.execute(task)));
    } else if (hostility.isAt(EXECUTOR_REJECTS)) {
      return Optional.of(task -> rejecting(hostility, task));
    }
    return hostility.isAt(EXECUTOR_ON_THE_SPOT)
        ? Optional.of(task -> onTheSpot(hostility, task))
        : Optional.empty();
  }

  private static void rejecting(Hostility hostility, Runnable task) {
    try {
      hostility.at(EXECUTOR_REJECTS, () -> POOL.execute(task));
    } catch (Hostility.Unchecked full) {
      throw new RejectedExecutionException(full);
    }
  }

  private static void onTheSpot(Hostility hostility, Runnable task) {
    task.run();
    hostility.at(EXECUTOR_ON_THE_SPOT, () -> {});
  }
}
