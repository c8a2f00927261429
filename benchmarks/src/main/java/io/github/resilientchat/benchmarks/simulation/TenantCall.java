package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does for one call what the engine's steps say, while all servers are well. */
final class TenantCall {

  private final World world;
  private final List<Target> targets;
  private final Request request;
  private final Runnable answered;
  private int attempts;

  TenantCall(World world, List<Target> targets, Request request, Runnable answered) {
    this.world = world;
    this.targets = targets;
    this.request = request;
    this.answered = answered;
  }

  void follow(@Nullable Step step) {
    if (step instanceof Attempt attempt) {
      int target = targets.indexOf(attempt.target());
      world.send(request, target, attempts++, new Answer(attempt));
    } else if (step instanceof Pause wait) {
      world.time().after(wait.delay().toNanos(), () -> follow(wait.resume()));
    }
  }

  private final class Answer implements Reply {
    private final Attempt attempt;

    Answer(Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public void firstContent() {
      attempt.accept();
    }

    @Override
    public void answered(Usage usage) {
      attempt.completed(usage);
      answered.run();
    }

    @Override
    public void failed(ProviderError error) {
      follow(attempt.failed(error));
    }
  }
}
