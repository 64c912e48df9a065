// Node-RED as a stranger's service: no editor tour, nothing asked of the network, one flow that echoes on a WebSocket.
module.exports = {
    flowFile: "flows.json",
    uiHost: "127.0.0.1",
    uiPort: Number(process.env.NODE_RED_PORT),
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false },
    externalModules: { autoInstall: false, palette: { allowInstall: false, allowUpload: false } },
    logging: { console: { level: "info", metrics: false, audit: false } },
};
