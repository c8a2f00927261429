package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.resilientchat.core.Caller;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Request parameters that also say for whom the call is made. They work wherever LangChain4j takes
 * parameters, as an argument of an AI service's method too, and survive its tool rounds. The
 * target's model is given the provider's parameters alone: the caller never reaches the wire.
 *
 * <p>Parameters of a provider's own type go in with {@link Builder#provider}, and come out of
 * {@link #overrideWith} and {@link #defaultedBy} whole. They are lost where they are merged into a
 * provider's: {@code BedrockChatRequestParameters.overrideWith} knows what only its own type has,
 * and nothing can be of that type. {@code these.defaultedBy(bedrock)} says the same as {@code
 * bedrock.overrideWith(these)} and loses nothing.
 */
public final class ResilientChatRequestParameters extends DefaultChatRequestParameters {

  /** Key of {@link dev.langchain4j.model.chat.ChatRequestOptions} listener attributes: the user. */
  public static final String USER_ATTRIBUTE = "resilient.user";

  /** Key of the options' listener attributes: the tenant. */
  public static final String TENANT_ATTRIBUTE = "resilient.tenant";

  private final @Nullable Caller caller;
  private final @Nullable ChatRequestParameters provider;

  private ResilientChatRequestParameters(Builder builder) {
    super(builder);
    this.caller = builder.caller;
    this.provider = builder.provider;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Parameters that name the user and nothing else. */
  public static ResilientChatRequestParameters forUser(String user) {
    return builder().user(user).build();
  }

  /** Whom the call is made for, or null when these parameters do not say. */
  public @Nullable Caller caller() {
    return caller;
  }

  @Override
  public ResilientChatRequestParameters overrideWith(ChatRequestParameters that) {
    return builder().overrideWith(this).overrideWith(that).build();
  }

  @Override
  public ResilientChatRequestParameters defaultedBy(ChatRequestParameters that) {
    return builder().overrideWith(that).overrideWith(this).build();
  }

  /** The parameters as a provider's model takes them. */
  static ChatRequestParameters unwrap(ChatRequestParameters parameters) {
    if (!(parameters instanceof ResilientChatRequestParameters own)) {
      return parameters;
    }
    ChatRequestParameters common = DefaultChatRequestParameters.builder().overrideWith(own).build();
    return own.provider == null ? common : own.provider.overrideWith(common);
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o)
        && o instanceof ResilientChatRequestParameters that
        && Objects.equals(caller, that.caller)
        && Objects.equals(provider, that.provider);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), caller, provider);
  }

  /** Builds parameters; nothing is set by default. */
  public static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {

    private @Nullable Caller caller;
    private @Nullable ChatRequestParameters provider;

    private Builder() {}

    /** The caller; replaces a user or tenant given before. */
    public Builder caller(Caller value) {
      caller = value;
      return this;
    }

    public Builder user(String user) {
      return caller(
          caller == null ? Caller.user(user) : new Caller(user, caller.tenant(), caller.groups()));
    }

    public Builder tenant(String tenant) {
      return caller(
          caller == null
              ? new Caller(null, tenant, Set.of())
              : new Caller(caller.user(), tenant, caller.groups()));
    }

    /** Parameters of a provider's own type, such as {@code BedrockChatRequestParameters}. */
    public Builder provider(ChatRequestParameters value) {
      return overrideWith(value);
    }

    /**
     * Takes over all that is set in the parameters. The caller is taken over as a whole, so that
     * one's user never meets another's tenant.
     */
    @Override
    public Builder overrideWith(ChatRequestParameters parameters) {
      super.overrideWith(parameters);
      if (parameters instanceof ResilientChatRequestParameters own) {
        caller = own.caller == null ? caller : own.caller;
        if (own.provider != null) {
          merge(own.provider);
        }
      } else if (parameters.getClass() != DefaultChatRequestParameters.class) {
        merge(parameters);
      }
      return this;
    }

    private void merge(ChatRequestParameters more) {
      provider = provider == null ? more : provider.overrideWith(more);
    }

    @Override
    public ResilientChatRequestParameters build() {
      return new ResilientChatRequestParameters(this);
    }
  }
}
