package app.mushroom.collector.fetch;

/** Gets what lies at an address, with whatever waiting that takes. Safe for use by threads. */
public interface Web {

  /**
   * @return an answer of status 200 to 299
   * @throws FetchException for everything else, with the reason
   */
  WebAnswer get(WebRequest request) throws FetchException, InterruptedException;
}
