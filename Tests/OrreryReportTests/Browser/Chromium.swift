import Foundation

/// A browser without a window that does what a test tells it (Chrome DevTools Protocol, over two pipes).
///
/// The protocol needs no driver program and no port: messages are JSON texts with a zero byte behind each.
final class Chromium {
    /// Something that the browser reported by itself.
    struct Event {
        var method: String
        var parameters: [String: Any]
    }

    /// Why the browser could not be used.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let profile: TemporaryFolder
    private var received = Data()
    private var number = 0
    private var session: String?
    /// What was reported since the page was opened.
    private(set) var events: [Event] = []

    /// Starts a browser; one that hangs is ended after so many seconds.
    init(patience: Double = 600) throws {
        // A browser that has ended is an error of the test, not the end of all tests.
        signal(SIGPIPE, SIG_IGN)
        guard let browser = Tool.browser else { throw Failure(description: "chromium is missing") }
        profile = try TemporaryFolder()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The browser reads commands from descriptor 3 and answers on 4.
        process.arguments = [
            "-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", "sh", browser, "--headless=new",
            "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--user-data-dir=\(profile.url.path)", "--remote-debugging-pipe",
            "about:blank",
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let started = process
        DispatchQueue.global().asyncAfter(deadline: .now() + patience) {
            if started.isRunning { started.terminate() }
        }
        let target = try send("Target.createTarget", ["url": "about:blank"])
        let attached = try send(
            "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
        session = attached["sessionId"] as? String
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] { try send("\(domain).enable") }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Gives a command and waits for its answer.
    @discardableResult
    func send(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        number += 1
        var message: [String: Any] = ["id": number, "method": method, "params": parameters]
        message["sessionId"] = session
        try input.fileHandleForWriting.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
        while true {
            let answer = try next()
            guard answer["id"] as? Int == number else {
                note(answer)
                continue
            }
            if let error = answer["error"] as? [String: Any] {
                throw Failure(description: "\(method): \(error["message"] ?? error)")
            }
            return answer["result"] as? [String: Any] ?? [:]
        }
    }

    /// Opens a file and waits until it is there.
    func open(_ path: String, width: Int = 1100, height: Int = 900) throws {
        try send(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
        events = []
        try send("Page.navigate", ["url": "file://\(path)"])
        while !events.contains(where: { $0.method == "Page.loadEventFired" }) { note(try next()) }
    }

    /// What an expression of JavaScript comes to; promises are waited for.
    @discardableResult
    func evaluate(_ expression: String) throws -> Any? {
        let answer = try send(
            "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
        if let exception = answer["exceptionDetails"] as? [String: Any] {
            throw Failure(description: "\(exception["exception"] ?? exception)")
        }
        return (answer["result"] as? [String: Any])?["value"]
    }

    /// Presses a key.
    func press(_ key: String, code: Int) throws {
        for kind in ["rawKeyDown", "keyUp"] {
            try send(
                "Input.dispatchKeyEvent", ["type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code])
        }
    }

    /// Whether the page thinks that it is dark, and for which medium it is shown.
    func emulate(dark: Bool, media: String = "") throws {
        try send(
            "Emulation.setEmulatedMedia",
            ["media": media, "features": [["name": "prefers-color-scheme", "value": dark ? "dark" : "light"]]])
    }

    /// The page on paper, A4.
    func print() throws -> Data {
        let answer = try send(
            "Page.printToPDF",
            ["paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true, "printBackground": true])
        guard let text = answer["data"] as? String, let data = Data(base64Encoded: text) else {
            throw Failure(description: "no PDF came back")
        }
        return data
    }

    /// A picture of the whole page, for a person.
    func picture() throws -> Data {
        let answer = try send("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
        return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
    }

    private func note(_ message: [String: Any]) {
        guard let method = message["method"] as? String else { return }
        events.append(Event(method: method, parameters: message["params"] as? [String: Any] ?? [:]))
    }

    /// The next message.
    private func next() throws -> [String: Any] {
        while true {
            if let end = received.firstIndex(of: 0) {
                let message = received[received.startIndex..<end]
                received = Data(received[received.index(after: end)...])
                guard let object = try JSONSerialization.jsonObject(with: message) as? [String: Any] else { continue }
                return object
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Failure(description: "the browser ended") }
            received += more
        }
    }
}

extension Chromium {
    /// What went wrong in the page: exceptions, errors and refusals on the console, dialogs, crashes.
    var complaints: [String] {
        events.compactMap { event in
            switch event.method {
            case "Runtime.exceptionThrown", "Page.javascriptDialogOpening", "Inspector.targetCrashed":
                return "\(event.method): \(event.parameters)"
            case "Runtime.consoleAPICalled": return "console: \(event.parameters["args"] ?? "")"
            case "Log.entryAdded": return "log: \((event.parameters["entry"] as? [String: Any])?["text"] ?? "")"
            default: return nil
            }
        }
    }

    /// The addresses that were asked for, but for the page itself and what stands in it.
    var requests: [String] {
        events.filter { $0.method == "Network.requestWillBeSent" }
            .compactMap { ($0.parameters["request"] as? [String: Any])?["url"] as? String }
            .filter { !$0.hasPrefix("file:") && !$0.hasPrefix("data:") }
    }
}
