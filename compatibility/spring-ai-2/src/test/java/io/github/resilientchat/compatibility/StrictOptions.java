package io.github.resilientchat.compatibility;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/** Immutable options with a field of their own, built as Bedrock's are on Spring AI 2.0. */
final class StrictOptions extends DefaultToolCallingChatOptions {

  private final @Nullable String tier;

  private StrictOptions(
      Builder values,
      @Nullable List<ToolCallback> toolCallbacks,
      @Nullable Map<String, Object> toolContext) {
    super(
        toolCallbacks,
        toolContext,
        values.model(),
        null,
        values.maxTokens(),
        null,
        null,
        values.temperature(),
        null,
        null);
    tier = values.tier;
  }

  @Nullable String tier() {
    return tier;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Builder mutate() {
    return new Builder()
        .model(getModel())
        .maxTokens(getMaxTokens())
        .temperature(getTemperature())
        .toolCallbacks(getToolCallbacks())
        .toolContext(getToolContext())
        .tier(tier);
  }

  static final class Builder extends DefaultToolCallingChatOptions.Builder<Builder> {

    private @Nullable String tier;

    Builder tier(@Nullable String value) {
      tier = value;
      return this;
    }

    private @Nullable String model() {
      return model;
    }

    private @Nullable Integer maxTokens() {
      return maxTokens;
    }

    private @Nullable Double temperature() {
      return temperature;
    }

    @Override
    public Builder combineWith(ChatOptions.Builder<?> other) {
      super.combineWith(other);
      if (other instanceof Builder that && that.tier != null) {
        tier = that.tier;
      }
      return this;
    }

    @Override
    public StrictOptions build() {
      return new StrictOptions(this, toolCallbacks, toolContext);
    }
  }
}
