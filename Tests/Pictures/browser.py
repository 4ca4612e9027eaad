"""A headless Chromium, driven over the pipe of its DevTools protocol; needs nothing but Python and Chromium."""

import base64
import json
import os
import shutil
import subprocess
import tempfile


class Browser:
    """One browser with one page."""

    def __init__(self, width=1280, height=900, dark=False, language="en"):
        self.folder = tempfile.mkdtemp(prefix="couplet-browser-")
        to_browser_read, self.to_browser = os.pipe()
        self.from_browser, from_browser_write = os.pipe()

        def hand_over():
            # The protocol speaks on descriptors 3 and 4.
            reading, writing = os.dup(to_browser_read), os.dup(from_browser_write)
            high_reading, high_writing = 50, 51
            os.dup2(reading, high_reading)
            os.dup2(writing, high_writing)
            os.dup2(high_reading, 3)
            os.dup2(high_writing, 4)

        command = [
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
            "--disable-extensions", "--disable-background-networking", "--force-color-profile=srgb",
            f"--lang={language}", f"--user-data-dir={self.folder}", "--remote-debugging-pipe", "about:blank",
        ]
        self.process = subprocess.Popen(
            command, preexec_fn=hand_over, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(to_browser_read)
        os.close(from_browser_write)
        self.rest = b""
        self.number = 0
        self.session = None
        self.events = []
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.send("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        self.send("Page.enable")
        self.send("Runtime.enable")
        self.resize(width, height)
        self.scheme(dark)
        self.send("Network.enable")
        self.send("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})

    def resize(self, width, height):
        """Gives the page another size."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def scheme(self, dark):
        """Shows pages light or dark."""
        self.send(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        )

    def send(self, method, **parameters):
        """Sends a command and waits for its answer."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_browser, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def _message(self):
        while b"\0" not in self.rest:
            piece = os.read(self.from_browser, 1 << 16)
            if not piece:
                raise RuntimeError("the browser has ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def open(self, address):
        """Opens a page and waits until it is loaded."""
        self.events.clear()
        self.send("Page.navigate", url=address)
        self.wait_for("Page.loadEventFired")

    def wait_for(self, name):
        """Waits for an event."""
        while not any(event.get("method") == name for event in self.events):
            self.events.append(self._message())
        self.events.clear()

    def run(self, script):
        """The value of a script."""
        result = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", "the script failed"))
        return result["result"].get("value")

    def click(self, selector):
        """Clicks something that leads to another page, and waits for that."""
        self.events.clear()
        found = self.run(f"(e => e && (e.click(), true))(document.querySelector({json.dumps(selector)}))")
        if not found:
            raise RuntimeError(f"{selector} is not on the page")
        self.wait_for("Page.loadEventFired")

    def picture(self, path, whole=False):
        """Takes a picture of what is seen, or of the whole page."""
        parameters = {"format": "png", "optimizeForSpeed": False}
        if whole:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            parameters["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
            parameters["captureBeyondViewport"] = True
        data = self.send("Page.captureScreenshot", **parameters)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        """Ends the browser."""
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
