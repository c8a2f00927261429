package io.github.resilientchat.springai;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** A tool, named {@code book} unless said otherwise, with a side effect that must happen once. */
final class CountingTool implements ToolCallback {

  final AtomicInteger runs = new AtomicInteger();
  Runnable sideEffect;
  private final String name;
  private final boolean returnDirect;

  CountingTool(boolean returnDirect, Runnable sideEffect) {
    this("book", returnDirect, sideEffect);
  }

  private CountingTool(String name, boolean returnDirect, Runnable sideEffect) {
    this.name = name;
    this.returnDirect = returnDirect;
    this.sideEffect = sideEffect;
  }

  static CountingTool named(String name) {
    return new CountingTool(name, false, () -> {});
  }

  static CountingTool doing(Runnable sideEffect) {
    return new CountingTool(false, sideEffect);
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return ToolDefinition.builder()
        .name(name)
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
