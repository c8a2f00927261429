package io.github.resilientchat.compatibility;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** A tool named {@code book} that counts its runs. */
final class CountingTool implements ToolCallback {

  final AtomicInteger runs = new AtomicInteger();
  volatile Runnable effect = () -> {};

  @Override
  public ToolDefinition getToolDefinition() {
    return ToolDefinition.builder()
        .name("book")
        .description("Books a flight")
        .inputSchema("{\"type\":\"object\",\"properties\":{}}")
        .build();
  }

  @Override
  public String call(String input) {
    runs.incrementAndGet();
    effect.run();
    return "\"booked\"";
  }
}
