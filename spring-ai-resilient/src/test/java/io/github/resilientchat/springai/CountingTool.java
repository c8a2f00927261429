package io.github.resilientchat.springai;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** A tool named {@code book} with a side effect that must happen once. */
final class CountingTool implements ToolCallback {

  final AtomicInteger runs = new AtomicInteger();
  private final boolean returnDirect;
  private final Runnable sideEffect;

  CountingTool(boolean returnDirect, Runnable sideEffect) {
    this.returnDirect = returnDirect;
    this.sideEffect = sideEffect;
  }

  static CountingTool doing(Runnable sideEffect) {
    return new CountingTool(false, sideEffect);
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return ToolDefinition.builder()
        .name("book")
        .description("Books a flight")
        .inputSchema("{\"type\":\"object\",\"properties\":{}}")
        .build();
  }

  @Override
  public ToolMetadata getToolMetadata() {
    return ToolMetadata.builder().returnDirect(returnDirect).build();
  }

  @Override
  public String call(String input) {
    runs.incrementAndGet();
    sideEffect.run();
    return "\"booked\"";
  }
}
