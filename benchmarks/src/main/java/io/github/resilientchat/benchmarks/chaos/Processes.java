package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Exchanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** Simulators of a process that is stopped or killed as a whole; whoever strikes first does it. */
final class Processes {

  private final Simulators simulators;
  private final boolean kill;
  private int next;
  private boolean struck;

  Processes(int lanes, boolean kill) {
    simulators = Simulators.start(lanes);
    this.kill = kill;
  }

  synchronized Place place() {
    URI endpoint = simulators.endpoints().get(next++);
    return new Place() {
      @Override
      public URI endpoint() {
        return endpoint;
      }

      @Override
      public void strike() {
        change(true);
      }

      @Override
      public void heal() {
        change(false);
      }

      @Override
      public int left() {
        try {
          return new Exchanges(endpoint).open();
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
        } catch (InterruptedException stopping) {
          throw new IllegalStateException(stopping);
        }
      }

      @Override
      public void close() {
        simulators.close();
      }
    };
  }

  private synchronized void change(boolean toStruck) {
    if (struck == toStruck) {
      return;
    }
    struck = toStruck;
    if (!kill && toStruck) {
      simulators.halt();
    } else if (!kill) {
      simulators.goOn();
    } else if (toStruck) {
      simulators.kill();
    } else {
      simulators.startAgain();
    }
  }
}
