package app.mushroom.api.model;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;

/** A token of the account that this runs as; all that this service knows of Google's library. */
final class GoogleToken implements PubSubSubscription.Token {
  private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";

  private final GoogleCredentials credentials;

  /**
   * @throws IOException if there are no credentials
   */
  GoogleToken() throws IOException {
    credentials = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
  }

  @Override
  public String get() throws IOException {
    credentials.refreshIfExpired();
    AccessToken token = credentials.getAccessToken();
    if (token == null) {
      throw new IOException("Expected an access token from Google Cloud, found none.");
    }
    return token.getTokenValue();
  }
}
