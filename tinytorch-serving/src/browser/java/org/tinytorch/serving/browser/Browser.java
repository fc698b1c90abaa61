package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium, and what its user does and sees. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration MOVE = Duration.ofMillis(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts one that asks nobody for anything but what it is told to open.
     *
     * @param profile an empty folder
     */
    static Browser start(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Programs.find("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // which does not work for root, as whom a container's tests run
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1180,900",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Programs.find("chromedriver"))
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens a page, in the light colours. */
    void open(URI page) {
        scheme("light");
        driver.get(page.toString());
    }

    /** What the system's setting says: {@code light} or {@code dark}. */
    void scheme(String colours) {
        Map<String, Object> feature = Map.of("name", "prefers-color-scheme", "value", colours);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Makes the window as large; what its frame takes is taken off the page. */
    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** The element that has this id, as soon as there is one. */
    WebElement at(String id) {
        until("there is an element #" + id, () -> !all("#" + id).isEmpty());
        return driver.findElement(By.id(id));
    }

    /** What is to be read there. */
    String text(String id) {
        return at(id).getText();
    }

    /** The text there as it was put there, with all its white space. */
    String raw(String id) {
        return String.valueOf(at(id).getDomProperty("textContent"));
    }

    /** All elements of a CSS selector. */
    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The element that has the focus. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Moves the mouse there. */
    void pointAt(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    /** Replaces what stands in a field. */
    void fill(String id, String text) {
        WebElement field = at(id);
        field.clear();
        field.sendKeys(text);
    }

    /** Replaces an option of the language model. */
    void option(String name, String value) {
        WebElement field = at("form").findElement(By.name(name));
        field.clear();
        field.sendKeys(value);
    }

    /** Draws on an element, with the mouse or a finger. */
    void draw(String id, Strokes strokes, Kind pointer) {
        WebElement pad = at(id);
        Dimension size = pad.getSize();
        for (List<Strokes.Point> line : strokes.lines()) {
            Actions hand = new Actions(driver, MOVE).setActivePointer(pointer, pointer.name());
            boolean down = false;
            for (Strokes.Point point : line) {
                int x = (int) Math.round((point.x() - 0.5) * size.width); // from the middle
                int y = (int) Math.round((point.y() - 0.5) * size.height);
                hand.moveToElement(pad, x, y);
                if (!down) {
                    hand.clickAndHold();
                    down = true;
                }
            }
            hand.release().perform();
        }
    }

    /** The result of a script in the page. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until something is so, and fails after half a minute. */
    void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("waited in vain until %s; the page says:%n%s", what, run("return document.body.innerText"));
            }
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("interrupted while waiting until %s", what);
            }
        }
    }

    /** What the console has said since it was asked last: mistakes of scripts, refused requests, violations of the content security policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What has been requested, but for the browser's own pages, since this was asked last. */
    List<URI> requests() {
        return StreamSupport.stream(
                        driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
                .map(entry -> message(entry.getMessage()))
                .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
                .map(message -> URI.create(message.at("/params/request/url").asText()))
                .filter(uri -> !uri.getScheme().startsWith("chrome")
                        && !uri.getScheme().equals("data"))
                .toList();
    }

    private static JsonNode message(String json) {
        try {
            return JSON.readTree(json).path("message");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("browser: an entry of the performance log is no JSON: " + json, e);
        }
    }

    /** Fails if the console has complained, or anybody but this server was asked for anything. */
    void assertClean(URI server) {
        assertThat(complaints()).as("complaints on the console").isEmpty();
        assertThat(requests()).as("requests").isNotEmpty().allSatisfy(uri -> assertThat(uri.getAuthority())
                .isEqualTo(server.getAuthority()));
    }

    /** Keeps a picture of the window, a PNG. */
    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
