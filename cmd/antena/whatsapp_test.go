package main

import (
	"net/http/httptest"

	"github.com/rogpeppe/go-internal/testscript"

	"antena/internal/whatsapp/emulator"
)

// graph starts an emulated account that lasts as long as the script, and sets the
// settings that reach it.
func graph(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: graph")
	}
	em := emulator.New(emulator.Config{
		AppSecret: "app-secret", VerifyToken: "verify", AccessToken: "token", PhoneNumberID: "770900800700600", WABAID: "102290129340398", Limits: emulator.NoLimits(),
	})
	api := httptest.NewServer(em.Handler())
	ts.Defer(func() { em.Close(); api.Close() })
	for name, value := range map[string]string{
		"WHATSAPP_API_BASE_URL": api.URL, "WHATSAPP_APP_SECRET": "app-secret", "WHATSAPP_VERIFY_TOKEN": "verify", "WHATSAPP_ACCESS_TOKEN": "token",
		"WHATSAPP_PHONE_NUMBER_ID": "770900800700600", "WHATSAPP_WABA_ID": "102290129340398",
	} {
		ts.Setenv(name, value)
	}
}
