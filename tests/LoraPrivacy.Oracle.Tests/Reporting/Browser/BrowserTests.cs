namespace LoraPrivacy.Oracle.Tests.Reporting.Browser;

/// <summary>The page in a real browser; the browser is started once for the class.</summary>
public sealed class BrowserTests : IClassFixture<BrowserTests.OpenBrowser>
{
    private const string Curve = "document.querySelector('#plot-density .line-0').getAttribute('d')";
    private readonly OpenBrowser browser;

    public BrowserTests(OpenBrowser browser) => this.browser = browser;

    private DevToolsPage Page => browser.Chromium!.Page;

    [ChromiumFact]
    [Trait("Speed", "Slow")]
    public async Task It_loads_without_an_error_and_asks_the_network_for_nothing()
    {
        await OpenAsync(1280, 900);
        await Page.WaitAsync("document.querySelectorAll('.picture svg[aria-hidden]').length === 4 && document.querySelectorAll('.picture svg').length === 4");
        Assert.DoesNotContain(Page.Events, entry => entry.Method is "Runtime.exceptionThrown");
        Assert.DoesNotContain(Page.Events, entry => entry.Method == "Log.entryAdded" && (string?)entry.Parameters["entry"]!["level"] == "error");
        string[] requests = [.. Page.Events.Where(entry => entry.Method == "Network.requestWillBeSent").Select(entry => (string)entry.Parameters["request"]!["url"]!)];
        Assert.All(requests, address => Assert.True(address == new Uri(browser.Path).AbsoluteUri || address.StartsWith("data:", StringComparison.Ordinal), address));
        Assert.NotEmpty(requests);
    }

    [ChromiumFact]
    [Trait("Speed", "Slow")]
    public async Task The_policy_stops_a_script_and_a_request_that_are_not_the_pages_own()
    {
        // What the first test demands can fail: errors and refusals are seen.
        await OpenAsync(1280, 900);
        await Page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.intruder = 1' }), Object.assign(new Image(), { src: 'https://example.invalid/x.png' }))");
        await Page.WaitAsync("true");
        Assert.Null(await Page.EvaluateAsync("window.intruder"));
        Assert.Contains(Page.Events, entry => entry.Method == "Log.entryAdded" && (string?)entry.Parameters["entry"]!["level"] == "error");
        await Page.EvaluateAsync("setTimeout(() => { throw new Error('seen'); }, 0)");
        await Page.WaitAsync("true");
        Assert.Contains(Page.Events, entry => entry.Method is "Runtime.exceptionThrown");
    }

    [ChromiumFact]
    [Trait("Speed", "Slow")]
    public async Task Moving_a_slider_changes_the_curve_its_note_and_its_table()
    {
        await OpenAsync(1280, 900);
        string before = (string)(await Page.EvaluateAsync(Curve))!;
        await Page.EvaluateAsync("document.querySelector('#plot-density-rank').focus()");
        await Page.PressAsync("ArrowRight");
        await Page.WaitAsync("document.querySelector('#plot-density output').value === '16'");
        Assert.NotEqual(before, (string)(await Page.EvaluateAsync(Curve))!);
        Assert.StartsWith("rank 16,", (string)(await Page.EvaluateAsync("document.querySelector('#plot-density .frame-note').textContent"))!, StringComparison.Ordinal);
        Assert.Equal("exact, rank 16", (string)(await Page.EvaluateAsync("document.querySelector('#plot-density thead').rows[0].cells[1].textContent"))!);
        await Page.PressAsync("ArrowLeft");
        await Page.WaitAsync("document.querySelector('#plot-density output').value === '4'");
        Assert.Equal(before, (string)(await Page.EvaluateAsync(Curve))!);
    }

    [ChromiumFact]
    [Trait("Speed", "Slow")]
    public async Task An_infinite_density_is_marked()
    {
        await OpenAsync(1280, 900);
        const string Signs = "[...document.querySelectorAll('#plot-density .picture text')].filter(text => text.textContent === '∞').length";
        Assert.Equal(0.0, (double)(await Page.EvaluateAsync(Signs))!);
        await Page.EvaluateAsync("document.querySelector('#plot-density-rank').focus()");
        await Page.PressAsync("Home");
        await Page.WaitAsync("document.querySelector('#plot-density output').value === '1'");
        Assert.Equal(1.0, (double)(await Page.EvaluateAsync(Signs))!);
    }

    [ChromiumFact]
    [Trait("Speed", "Slow")]
    public async Task The_keyboard_and_the_pointer_read_computed_values()
    {
        await OpenAsync(1280, 900);
        const string ReadOut = "document.querySelector('#plot-rank .read-out').textContent";
        await Page.EvaluateAsync("document.querySelector('#plot-rank .picture').focus()");
        await Page.PressAsync("Home");
        Assert.StartsWith("rank r = 1 — worst-case ε at δ = 1e-5: ∞; noise", (string)(await Page.EvaluateAsync(ReadOut))!, StringComparison.Ordinal);
        await Page.PressAsync("End");
        double epsilon = SamplePage.Page.Plots.Single(plot => plot.Id == "rank") is var rank ? rank.First.Chart.Lines[0].Y[^1] : 0;
        Assert.Contains($"rank r = 1024 — worst-case ε at δ = 1e-5: {epsilon:R};", (string)(await Page.EvaluateAsync(ReadOut))!, StringComparison.Ordinal);
        Assert.Equal((string)(await Page.EvaluateAsync(ReadOut))!, (string)(await Page.EvaluateAsync("document.querySelector('#plot-rank .picture').getAttribute('aria-valuetext')"))!);

        await Page.EvaluateAsync("document.querySelector('#plot-rank .picture').scrollIntoView({ block: 'center' })");
        JsonNode box = (await Page.EvaluateAsync("(({ x, y, width, height }) => ({ x, y, width, height }))(document.querySelector('#plot-rank .picture').getBoundingClientRect())"))!;
        await Page.SendAsync("Input.dispatchMouseEvent", new JsonObject { ["type"] = "mouseMoved", ["x"] = (double)box["x"]! + 70, ["y"] = (double)box["y"]! + 100 });
        await Page.WaitAsync($"{ReadOut}.startsWith('rank r = 1 —')");
        Assert.Equal(1.0, (double)(await Page.EvaluateAsync("document.querySelectorAll('#plot-rank .cursor line').length"))!);
    }

    [ChromiumFact]
    [Trait("Speed", "Slow")]
    public async Task Nothing_runs_over_the_side_of_a_phone_or_a_desk()
    {
        foreach (int width in (int[])[320, 390, 1280])
        {
            await OpenAsync(width, 844);
            await Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => { details.open = true; })");
            Assert.InRange((double)(await Page.EvaluateAsync("document.documentElement.scrollWidth"))!, 1, (double)(await Page.EvaluateAsync("document.documentElement.clientWidth"))!);
            Assert.InRange((double)(await Page.EvaluateAsync("Math.max(...[...document.querySelectorAll('.picture svg')].map(svg => svg.getBoundingClientRect().right))"))!, 1, width);
        }
    }

    [ChromiumFact]
    [Trait("Speed", "Slow")]
    public async Task The_colours_follow_the_scheme_and_print_is_light()
    {
        await OpenAsync(1280, 900);
        string[] backgrounds =
        [
            await BackgroundAsync("screen", "light"),
            await BackgroundAsync("screen", "dark"),
            await BackgroundAsync("print", "dark"),
        ];
        Assert.Equal(["rgb(255, 255, 255)", "rgb(20, 23, 27)", "rgb(255, 255, 255)"], backgrounds);
        Assert.Equal("none", (string)(await Page.EvaluateAsync("getComputedStyle(document.querySelector('nav')).display"))!);
        JsonNode printed = (await Page.SendAsync("Page.printToPDF", []))!;
        Assert.StartsWith("%PDF", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String((string)printed["data"]!)), StringComparison.Ordinal);
        await Page.SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = string.Empty, ["features"] = new JsonArray() });
    }

    private async Task<string> BackgroundAsync(string media, string scheme)
    {
        await Page.SendAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = media,
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
        return (string)(await Page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"))!;
    }

    private async Task OpenAsync(int width, int height)
    {
        await Page.SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await Page.OpenAsync(browser.Path);
    }

    /// <summary>The browser, and the page in a file; neither where there is no browser.</summary>
    public sealed class OpenBrowser : IAsyncLifetime
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lora-oracle-page-");

        internal Chromium? Chromium { get; private set; }

        internal string Path { get; private set; } = string.Empty;

        public async Task InitializeAsync()
        {
            if (Browser.Chromium.Location is not null)
            {
                Path = System.IO.Path.Combine(folder.FullName, "index.html");
                await File.WriteAllTextAsync(Path, SamplePage.Html);
                Chromium = await Browser.Chromium.StartAsync();
            }
        }

        public async Task DisposeAsync()
        {
            if (Chromium is not null)
            {
                await Chromium.DisposeAsync();
            }

            folder.Delete(recursive: true);
        }
    }
}
