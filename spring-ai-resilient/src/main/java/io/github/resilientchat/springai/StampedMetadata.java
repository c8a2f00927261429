package io.github.resilientchat.springai;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.PromptMetadata;
import org.springframework.ai.chat.metadata.RateLimit;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.util.StringUtils;

/** What a model said of its answer and, for whoever reads them, the facts of the call. */
final class StampedMetadata extends ChatResponseMetadata {

  private final ChatResponseMetadata said;
  private final String model;
  private final ReportFacts facts;
  private volatile boolean whole;

  /**
   * @param from the model that was asked, for one that does not say
   */
  StampedMetadata(ChatResponseMetadata said, String from, ReportFacts facts) {
    this.said = said;
    this.model = StringUtils.hasText(said.getModel()) ? said.getModel() : from;
    this.facts = facts;
  }

  /** All key values, of which some are worked out first. */
  private void whole() {
    if (!whole) {
      said.entrySet().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
      map.putAll(facts.all());
      whole = true;
    }
  }

  @Override
  public String getId() {
    return said.getId();
  }

  @Override
  public String getModel() {
    return model;
  }

  @Override
  public RateLimit getRateLimit() {
    return said.getRateLimit();
  }

  @Override
  public Usage getUsage() {
    return said.getUsage();
  }

  @Override
  public PromptMetadata getPromptMetadata() {
    return said.getPromptMetadata();
  }

  @Override
  public <T> T get(String key) {
    whole();
    return super.get(key);
  }

  @Override
  public <T> T getRequired(Object key) {
    whole();
    return super.getRequired(key);
  }

  @Override
  public boolean containsKey(Object key) {
    whole();
    return super.containsKey(key);
  }

  @Override
  public <T> T getOrDefault(Object key, T defaultObject) {
    whole();
    return super.getOrDefault(key, defaultObject);
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    whole();
    return super.entrySet();
  }

  @Override
  public Set<String> keySet() {
    whole();
    return super.keySet();
  }

  @Override
  public boolean isEmpty() {
    whole();
    return super.isEmpty();
  }

  /** As Spring AI's own, which looks at fields that only its builder sets. */
  @Override
  public boolean equals(@Nullable Object other) {
    return plain().equals(other instanceof StampedMetadata stamped ? stamped.plain() : other);
  }

  @Override
  public int hashCode() {
    return plain().hashCode();
  }

  @Override
  public String toString() {
    return plain().toString();
  }

  private ChatResponseMetadata plain() {
    ChatResponseMetadata.Builder plain =
        ChatResponseMetadata.builder()
            .id(getId())
            .model(model)
            .rateLimit(getRateLimit())
            .usage(getUsage())
            .promptMetadata(getPromptMetadata());
    entrySet().forEach(entry -> plain.keyValue(entry.getKey(), entry.getValue()));
    return plain.build();
  }
}
