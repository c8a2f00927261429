package io.github.resilientchat.springai;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;

/** What a model said of a generation and, for whoever reads them, the facts of its call. */
final class StampedGeneration implements ChatGenerationMetadata {

  private final ChatGenerationMetadata said;
  private final ReportFacts facts;
  private volatile @Nullable ChatGenerationMetadata whole;

  StampedGeneration(ChatGenerationMetadata said, ReportFacts facts) {
    this.said = said;
    this.facts = facts;
  }

  private ChatGenerationMetadata whole() {
    ChatGenerationMetadata known = whole;
    if (known == null) {
      ChatGenerationMetadata.Builder stamped =
          ChatGenerationMetadata.builder()
              .finishReason(said.getFinishReason())
              .contentFilters(said.getContentFilters());
      said.entrySet().forEach(entry -> stamped.metadata(entry.getKey(), entry.getValue()));
      known = stamped.metadata(facts.all()).build();
      whole = known;
    }
    return known;
  }

  @Override
  public String getFinishReason() {
    return said.getFinishReason();
  }

  @Override
  public Set<String> getContentFilters() {
    return said.getContentFilters();
  }

  @Override
  public <T> T get(String key) {
    return whole().get(key);
  }

  @Override
  public boolean containsKey(String key) {
    return whole().containsKey(key);
  }

  @Override
  public <T> T getOrDefault(String key, T defaultObject) {
    return whole().getOrDefault(key, defaultObject);
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return whole().entrySet();
  }

  @Override
  public Set<String> keySet() {
    return whole().keySet();
  }

  @Override
  public boolean isEmpty() {
    return whole().isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return whole().equals(other instanceof StampedGeneration stamped ? stamped.whole() : other);
  }

  @Override
  public int hashCode() {
    return whole().hashCode();
  }

  @Override
  public String toString() {
    return whole().toString();
  }
}
