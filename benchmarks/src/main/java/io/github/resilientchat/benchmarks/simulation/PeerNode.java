package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.route.RoutePolicy;
import org.jspecify.annotations.Nullable;

/** Drives calls with a peer's choices: as many tries and as much patience as the engine has. */
final class PeerNode implements Node {

  private static final RoutePolicy POLICY = RoutePolicy.DEFAULTS;

  private final World world;
  private final Peer peer;

  PeerNode(World world, Peer peer) {
    this.world = world;
    this.peer = peer;
  }

  @Override
  public void take(Request request) {
    new Call(request).next();
  }

  private final class Call {
    private final Request request;
    private final Tally.Call tally;
    private int tries;
    private int tried;

    Call(Request request) {
      this.request = request;
      this.tally = world.tally().began(request);
    }

    void next() {
      int target = tries == POLICY.retry().maxAttempts() ? Peer.NONE : peer.pick(tried, now());
      if (target == Peer.NONE) {
        tally.failed();
        return;
      }
      tries++;
      tried |= 1 << target;
      tally.attempted(target);
      peer.began(target, now());
      new Try(this, target).send();
    }

    long now() {
      return world.time().nanos();
    }
  }

  private final class Try implements Reply {
    private final Call call;
    private final int target;
    private final long startedAt;
    private @Nullable Exchange exchange;
    private boolean heard;
    private boolean over;

    Try(Call call, int target) {
      this.call = call;
      this.target = target;
      this.startedAt = call.now();
    }

    void send() {
      exchange = world.send(call.request, target, call.tries, this);
      world.time().after(POLICY.attemptTimeout().toNanos(), this::timeOut);
    }

    @Override
    public void firstContent() {
      heard = true;
    }

    @Override
    public void answered(Usage usage) {
      end(200);
      call.tally.answered();
    }

    @Override
    public void failed(ProviderError error) {
      end(error.status());
      if (error == ProviderError.THROTTLED) {
        call.tally.throttled();
      }
      if (heard) {
        call.tally.brokeOff();
      } else {
        call.next();
      }
    }

    private void timeOut() {
      if (!over && exchange != null) {
        exchange.stop();
        failed(ProviderError.TIMED_OUT);
      }
    }

    private void end(int status) {
      over = true;
      peer.ended(target, status, call.now() - startedAt, call.now());
    }
  }
}
