package io.github.resilientchat.simulator;

import java.nio.file.Path;
import java.util.Optional;

/** Options of the form {@code --name=value}. */
final class CommandLine {

  private static final int DEFAULT_PORT = 8099;

  private CommandLine() {}

  /** Empty when help was asked for. */
  static Optional<SimulatorBuilder> parse(String[] arguments) {
    SimulatorBuilder builder = BedrockSimulator.builder().port(DEFAULT_PORT);
    for (String argument : arguments) {
      if (argument.equals("--help")) {
        return Optional.empty();
      }
      int equals = argument.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("not an option with a value: '" + argument + "'");
      }
      set(builder, argument.substring(0, equals), argument.substring(equals + 1));
    }
    return Optional.of(builder);
  }

  private static void set(SimulatorBuilder builder, String name, String value) {
    try {
      switch (name) {
        case "--port" -> builder.port(Integer.parseInt(value));
        case "--seed" -> builder.seed(Long.parseLong(value));
        case "--latency" -> builder.latency(Durations.parse(value));
        case "--reset-guard" -> builder.resetGuard(Integer.parseInt(value));
        case "--scenario" -> builder.scenario(Path.of(value));
        case "--token-interval" -> builder.tokenInterval(Durations.parse(value));
        default -> throw new IllegalArgumentException("unknown option '" + name + "'");
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a whole number, not '" + value + "'", e);
    }
  }
}
