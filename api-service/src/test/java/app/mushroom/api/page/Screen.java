package app.mushroom.api.page;

/** A screen to look at the page on; sizes in CSS pixels. */
record Screen(String name, int width, int height, boolean touch, String scheme) {

  static final Screen PHONE = new Screen("phone", 360, 640, true, "light");
  static final Screen TABLET = new Screen("tablet", 768, 1024, true, "light");
  static final Screen DESKTOP = new Screen("desktop", 1280, 800, false, "light");

  Screen dark() {
    return new Screen(name + "-dark", width, height, touch, "dark");
  }

  @Override
  public String toString() {
    return name;
  }
}
