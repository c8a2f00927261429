package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.RenewableCredentialsProvider;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Credentials providers that are beans of the application, which closes them. */
record CredentialsBeans(ListableBeanFactory beans) {

  /** The account of a bean's credentials; one of prototype scope is made anew when refused. */
  BedrockAccount account(String account, String key, String bean) {
    if (!beans.containsBean(bean) || !beans.isTypeMatch(bean, AwsCredentialsProvider.class)) {
      throw new InvalidConfigurationException(
          key,
          bean,
          beans.containsBean(bean)
              ? "is a bean of another type than AwsCredentialsProvider"
              : "is no bean",
          Nearest.hint(bean, List.of(beans.getBeanNamesForType(AwsCredentialsProvider.class))));
    }
    if (!beans.isSingleton(bean)) {
      return BedrockAccount.renewable(
          account, () -> beans.getBean(bean, AwsCredentialsProvider.class));
    }
    AwsCredentialsProvider provider = beans.getBean(bean, AwsCredentialsProvider.class);
    return BedrockAccount.of(
        account,
        provider instanceof RenewableCredentialsProvider ? provider : new Borrowed(provider));
  }

  /** Cannot be closed, because it is the application's. */
  private record Borrowed(AwsCredentialsProvider provider) implements AwsCredentialsProvider {

    @Override
    public software.amazon.awssdk.auth.credentials.AwsCredentials resolveCredentials() {
      return provider.resolveCredentials();
    }

    @Override
    public String toString() {
      return "credentials bean";
    }
  }
}
