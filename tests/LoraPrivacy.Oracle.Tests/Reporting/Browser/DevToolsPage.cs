using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;

namespace LoraPrivacy.Oracle.Tests.Reporting.Browser;

/// <summary>
/// A page of Chromium by the DevTools protocol: commands and their answers, and what the page reports in between, as JSON over a web socket.
/// </summary>
internal sealed class DevToolsPage : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> pending = new();
    private readonly ConcurrentQueue<(string Method, JsonNode Parameters)> events = new();
    private readonly TimeSpan patience;
    private readonly CancellationTokenSource end = new();
    private Task receiving = Task.CompletedTask;
    private int last;

    private DevToolsPage(TimeSpan patience) => this.patience = patience;

    /// <summary>What the page has reported since it was last opened.</summary>
    public IEnumerable<(string Method, JsonNode Parameters)> Events => events;

    public static async Task<DevToolsPage> ConnectAsync(int port, TimeSpan patience)
    {
        using HttpClient client = new() { Timeout = patience };
        JsonArray targets = (await client.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{port}/json/list"))!;
        string address = (string)targets.First(target => (string?)target!["type"] == "page")!["webSocketDebuggerUrl"]!;
        DevToolsPage page = new(patience);
        using CancellationTokenSource limit = new(patience);
        await page.socket.ConnectAsync(new Uri(address), limit.Token);
        page.receiving = page.ReceiveAsync();
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            await page.SendAsync($"{domain}.enable");
        }

        return page;
    }

    /// <summary>Opens a file and waits until it is loaded.</summary>
    public async Task OpenAsync(string path)
    {
        // What the last page had to say belongs to it.
        await SendAsync("Page.navigate", new JsonObject { ["url"] = "about:blank" });
        await EvaluateAsync("0");
        events.Clear();
        await SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await WaitAsync("document.readyState === 'complete' && location.protocol === 'file:'");
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = (await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }))!;
        return answer["exceptionDetails"] is JsonNode failure
            ? throw new InvalidOperationException($"{expression}: {failure.ToJsonString()}")
            : answer["result"]!["value"];
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitAsync(string expression)
    {
        using CancellationTokenSource limit = new(patience);
        while (!await IsTrueAsync(expression))
        {
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Presses a key that has no letter.</summary>
    public async Task PressAsync(string key)
    {
        int code = key switch { "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "Home" => 36, "End" => 35, _ => throw new ArgumentException(key, nameof(key)) };
        foreach (string type in (string[])["keyDown", "keyUp"])
        {
            await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
        }
    }

    /// <summary>Sends a command.</summary>
    public async Task<JsonNode?> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = Interlocked.Increment(ref last);
        TaskCompletionSource<JsonNode?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[id] = answer;
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] });
        await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, end.Token);
        return await answer.Task.WaitAsync(patience);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await receiving;
        socket.Dispose();
        end.Dispose();
    }

    private async Task<bool> IsTrueAsync(string expression)
    {
        try
        {
            return (bool?)await EvaluateAsync(expression) == true;
        }
        catch (InvalidOperationException)
        {
            // The page is being replaced.
            return false;
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[1 << 16];
        using MemoryStream message = new();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), end.Token);
                message.Write(buffer, 0, part.Count);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    throw new WebSocketException("the browser closed the connection");
                }

                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException)
        {
            foreach (TaskCompletionSource<JsonNode?> waiting in pending.Values)
            {
                waiting.TrySetException(failure);
            }
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is JsonNode id)
        {
            if (pending.TryRemove((int)id, out TaskCompletionSource<JsonNode?>? waiting))
            {
                _ = message["error"] is JsonNode error
                    ? waiting.TrySetException(new InvalidOperationException(error.ToJsonString()))
                    : waiting.TrySetResult(message["result"]);
            }
        }
        else
        {
            events.Enqueue(((string)message["method"]!, message["params"]!));
        }
    }
}
