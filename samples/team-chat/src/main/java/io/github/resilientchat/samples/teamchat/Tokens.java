package io.github.resilientchat.samples.teamchat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Signs tokens with a key pair that is made at start. An identity provider does this elsewhere; the
 * application then knows its public keys alone.
 */
@Component
class Tokens {

  private static final Duration VALID = Duration.ofHours(1);

  private final KeyPair keys = keyPair();
  private final InstantSource clock = InstantSource.system();
  private final JwtEncoder encoder =
      new NimbusJwtEncoder(
          new ImmutableJWKSet<>(
              new JWKSet(new RSAKey.Builder(publicKey()).privateKey(keys.getPrivate()).build())));

  RSAPublicKey publicKey() {
    return (RSAPublicKey) keys.getPublic();
  }

  /** A token that says who it is, of which tenant and in which groups. */
  String sign(String name) {
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .subject(name)
            .claim("tenant", "acme")
            .claim("groups", Members.groupsOf(name))
            .expiresAt(clock.instant().plus(VALID))
            .build();
    return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
  }

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
