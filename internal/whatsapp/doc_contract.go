// # The contract
//
// Everything that Meta documents, and what becomes of it here. The table is checked by a test that proves each row, and
// written by it (go test -run Contract -update).
//
// Messages that come in: the value of Event.Message that holds them.
//
//	text                                            Message.Text
//	image                                           Message.Media
//	audio                                           Message.Media
//	audio, voice                                    Message.Media.Voice
//	video                                           Message.Media
//	document                                        Message.Media.Filename
//	sticker                                         Message.Media
//	sticker, animated                               Message.Media.Animated
//	location                                        Message.Location
//	contacts                                        Message.Contacts.Cards
//	contacts, asked for                             Message.Contacts.Requested
//	contacts, asked for (in the card)               Message.Contacts.Requested
//	interactive button_reply                        Message.Reply.ID
//	interactive list_reply                          Message.Reply.ID
//	interactive nfm_reply                           Message.Reply.Response
//	interactive nfm_reply, address_message          Message.Reply.Response
//	interactive nfm_reply, no JSON object           Message.Reply.Response
//	interactive call_permission_reply               Message.Reply.Accepted
//	interactive, anything else                      Message.Raw
//	button                                          Message.Button.Payload
//	reaction                                        Message.Reaction.Emoji
//	reaction taken back                             Message.Reaction.MessageID
//	order                                           Message.Order.Items
//	system user_changed_number                      Message.System.Current.Phone
//	system user_changed_user_id                     Message.System.Previous.BSUID
//	system customer_identity_changed                Message.System.Current.IdentityHash
//	edit                                            Message.Edit.Message
//	revoke                                          Message.RevokedID
//	request_welcome                                 Message.From
//	unsupported                                     Message.Unsupported
//	unsupported poll_creation, gif, pin, edit, ...  Message.Unsupported
//	unknown                                         Message.Errors
//	media_placeholder (in history)                  History.Message.ID
//	any other type                                  Message.Raw
//
// Parts that any message may have.
//
//	from                           Message.From.Phone
//	from_user_id                   Message.From.BSUID
//	from_parent_user_id            Message.From.ParentBSUID
//	timestamp                      Message.At
//	group_id                       Message.GroupID
//	context.id                     Message.Context.ReplyTo
//	context.forwarded              Message.Context.Forwarded
//	context.frequently_forwarded   Message.Context.FrequentlyForwarded
//	context.referred_product       Message.Context.ProductID
//	referral                       Message.Referral.ClickID
//	errors                         Message.Errors.Code
//	contacts[].profile.name        Message.From.Name
//	contacts[].profile.username    Message.From.Username
//	contacts[].identity_key_hash   Message.From.IdentityHash
//	metadata.phone_number_id       Number.ID
//	metadata.display_phone_number  Number.Display
//	any other member               Message.Raw
//
// Statuses: Event.Status.
//
//	sent                         Status.State
//	delivered                    Status.State
//	read                         Status.State
//	played                       Status.State
//	failed                       Status.State
//	any other status             Status.State
//	recipient_id                 Status.Recipient.Phone
//	recipient_user_id            Status.Recipient.BSUID
//	recipient_parent_user_id     Status.Recipient.ParentBSUID
//	parent_recipient_user_id     Status.Recipient.ParentBSUID
//	recipient_type group         Status.GroupID
//	recipient_identity_key_hash  Status.Recipient.IdentityHash
//	biz_opaque_callback_data     Status.CallbackData
//	pricing                      Status.Pricing.Raw
//	conversation                 Status.ConversationEnds
//	template_id                  Status.TemplateID
//	errors                       Status.Errors.Details
//
// Webhook fields: the kind of the item, and what holds them.
//
//	messages                              message: Event.Message
//	message_template_status_update        template: Event.Account.Reason
//	message_template_quality_update       template: Event.Account.After
//	message_template_components_update    template: Event.Account.Template
//	template_category_update              template: Event.Account.Effective
//	phone_number_quality_update           account: Event.Account.After
//	business_capability_update            account: Event.Account.After
//	phone_number_name_update              account: Event.Account.Event
//	account_update                        account: Event.Account.Restrictions
//	account_review_update                 account: Event.Account.Event
//	account_alerts                        account: Event.Account.Severity
//	security                              account: Event.Account.Event
//	business_username_updates             account: Event.Account.Subject
//	business_username_update              account: Event.Account.Event
//	user_preferences                      preference: Event.Preference.Value
//	calls                                 call: Event.Call.ID
//	smb_message_echoes                    echo: Event.Echo.To
//	history                               history: Event.History.Message
//	messaging_handovers                   handover: Event.Handover.New
//	standby                               standby: Event.Standby.Message
//	messages: errors outside any message  failure: Event.Failure.Code
//	history: declined                     failure: Event.Failure.Code
//	messages: conversation_context        other: kept raw and counted (Event.Strange)
//	messages: user_actions                other: kept raw and counted (Event.Strange)
//	smb_app_state_sync                    other: kept raw and counted (Event.Strange)
//	group_*_update                        other: kept raw and counted (Event.Strange)
//	flows                                 other: kept raw and counted (Event.Strange)
//	automatic_events                      other: kept raw and counted (Event.Strange)
//	payment_configuration_update          other: kept raw and counted (Event.Strange)
//	partner_solutions                     other: kept raw and counted (Event.Strange)
//	any other field                       other: kept raw and counted (Event.Strange)
//
// Messages that go out: what of Outbound makes them.
//
//	text                                  Text; SplitText when over the limit
//	image, video                          Media
//	document                              Media with Filename
//	audio                                 Media
//	audio, voice note                     Media with Voice
//	sticker                               Media
//	location                              Location
//	contacts                              Contacts
//	interactive button                    Buttons
//	interactive list                      List
//	interactive cta_url                   Link
//	interactive location_request_message  LocationRequest
//	interactive request_contact_info      ContactRequest
//	interactive flow                      Flow
//	reaction                              Reaction; Emoji "" takes it back
//	template, positional                  Template
//	template, named                       Template with Parameter.Name
//	template header: text, file, place    Component "header"
//	template button quick_reply           ButtonQuickReply, Payload
//	template button url                   ButtonURL, Text
//	template button copy_code             ButtonCopyCode, Coupon
//	template button flow                  ButtonFlow, Flow
//	context.message_id                    ReplyTo
//	biz_opaque_callback_data              CallbackData
//	recipient_identity_key_hash           IdentityHash
//	carousel, limited-time offer          not sent: no use for a support desk; Template.Foreign names them
//	order, product, catalogue             not sent: nothing is sold here
//	group messages                        not sent: groups are not answered
//	Direct Send (category)                not sent: for accounts on a list only
//
// Templates: statuses, and the buttons of a TemplateDraft.
//
//	APPROVED                     may be sent and edited
//	REJECTED                     may be edited
//	PAUSED                       may be edited, and unpaused after RATE_LIMITING_PAUSE
//	PENDING                      to be waited for
//	IN_APPEAL                    to be waited for
//	DISABLED                     not to be used
//	LIMIT_EXCEEDED               not to be used
//	ARCHIVED                     not to be used
//	PENDING_DELETION             not to be used
//	DELETED                      not to be used; its name is blocked for 30 days
//	any other status             not to be used
//	button QUICK_REPLY           Text
//	button URL                   Text, URL, Example
//	button PHONE_NUMBER          Text, Phone
//	button COPY_CODE             Example
//	button FLOW                  Text, FlowID, Screen
//	button REQUEST_CONTACT_INFO  nothing; the answer is a contacts message
//	button OTP                   nothing; the only one of an authentication template
//
// Limits of what goes out: the constant, in UTF-16 units or pieces; Outbound.Validate and TemplateDraft.Validate refuse more.
//
//	MaxText                          4096
//	MaxCaption                       1024
//	MaxFilename (ours)               240
//	MaxBody                          1024
//	MaxListBody                      4096
//	MaxHeader                        60
//	MaxFooter                        60
//	MaxButtons                       3
//	MaxButtonTitle                   20
//	MaxButtonID                      256
//	MaxSections                      10
//	MaxRows (all sections together)  10
//	MaxOpen                          20
//	MaxSectionTitle                  24
//	MaxRowTitle                      24
//	MaxRowDescription                72
//	MaxRowID                         200
//	MaxLinkLabel                     20
//	MaxURL                           2000
//	MaxFlowLabel                     30
//	MaxFlowToken (ours)              512
//	MaxContacts (ours)               257
//	MaxContactText (ours)            1024
//	MaxCallbackData                  512
//	MaxIdentityHash (ours)           200
//	MaxOverrideURL                   200
//	MaxTemplateName                  512
//	MaxLanguage (ours)               16
//	MaxTemplateBody                  1024
//	MaxHeaderVariables               1
//	MaxTemplateButton                10
//	MaxTemplateButtonText            25
//	MaxURLButtons                    2
//	MaxPhoneButtons                  1
//	MaxCodeButtons                   1
//	MaxButtonPhone                   20
//	MaxCopyCode                      15
//	MaxCoupon                        20
//	MaxCodeMinutes                   90
//
// Files: the type they are sent as; CheckMedia refuses more.
//
//	image/jpeg                    image, 5120 KB
//	image/png                     image, 5120 KB
//	image/webp                    sticker, 500 KB
//	audio/aac                     audio, 16384 KB
//	audio/amr                     audio, 16384 KB
//	audio/mpeg                    audio, 16384 KB
//	audio/mp4                     audio, 16384 KB
//	audio/ogg                     audio, 16384 KB
//	video/mp4                     video, 16384 KB
//	video/3gpp                    video, 16384 KB
//	text/plain                    document, 102400 KB
//	application/pdf               document, 102400 KB
//	application/msword            document, 102400 KB
//	application/...ms-excel       document, 102400 KB
//	application/...ms-powerpoint  document, 102400 KB
//	application/...document       document, 102400 KB
//	application/...sheet          document, 102400 KB
//	application/...presentation   document, 102400 KB
//	image/webp, still             sticker, MaxSticker 100 KB, 512 x 512 (StickerSide)
//	from a customer               MaxInbound 102400 KB; above comes 131052
//	a voice note that plays       PlayableVoice 512 KB; above it is sent as a file to fetch
//	constants                     MaxImage, MaxAudio, MaxVideo, MaxDocument, MaxSticker, MaxAnimatedSticker; StickerHead bytes are looked at
//
// Rates and lifetimes: known here, kept by whoever sends.
//
//	PerSecond, of one number                           80
//	PerSecondHigh                                      1000
//	PerSecondCoexistence                               20
//	PairInterval, to one person                        6s
//	PairBurst                                          45
//	CallsPerHour, app and account                      200
//	CallsPerHourActive                                 5000
//	CreationsPerHour, of templates                     100
//	RegisterPause, after 133016                        72h0m0s
//	ReactionAge, of what is reacted to or marked read  720h0m0s
//	MaxWebhook, bytes                                  3145728
//	MaxKey, bytes of Item.Key (ours)                   200
//	RepeatedFor, a webhook not answered with 200       168h0m0s
//	UploadLife                                         720h0m0s
//	InboundLife                                        168h0m0s
//	MediaURLLife                                       5m0s
//
// Errors: code, meaning and Action; (?) marks an unknown outcome, (!) an alert, a time the first pause.
//
//	0                   token invalid: stop_all (!)
//	190                 token expired or invalid: stop_all (!)
//	368                 blocked for a policy violation: stop_all (!)
//	131031              account locked: stop_all (!)
//	131042              payment problem: stop_all (!)
//	1                   unknown: bad request or server: retry_unproven (?) 1m
//	2                   temporarily down: retry_unproven (?) 5s
//	131000              unknown failure: retry_unproven (?) 5s
//	131016              service unavailable: retry_unproven (?) 5s
//	133004              server down: retry_unproven (?) 5s
//	4                   API call limit of the app: retry 2m
//	80007               API call limit of the account: retry 2m
//	80004               API call limit of the account: retry 2m
//	80008               API call limit of the account: retry 2m
//	130429              throughput of the number: retry 2s
//	131056              pair rate: too many to this person: retry 4s
//	131057              number in maintenance: retry 1m
//	131059              stale paging cursor: retry
//	133015              number just deleted: retry 5m
//	2494100             number in maintenance: retry 5m
//	131047              24-hour window closed: window_closed
//	130403              recipient blocked: mark_unreachable
//	130497              country not allowed for this business: mark_unreachable
//	131026              undeliverable: no WhatsApp, old app or terms not accepted: mark_unreachable
//	131050              recipient stopped marketing: mark_opted_out
//	137000              identity changed: mark_identity (!)
//	3                   capability or permission missing: park (!)
//	10                  permission missing: park (!)
//	200 to 299          permission missing: park (!)
//	131005              permission missing: park (!)
//	33                  number deleted or wrong id: park (!)
//	131037              display name not approved: park (!)
//	131045              number not registered properly: park (!)
//	131063              marketing off on this API: park (!)
//	131064              limited for misclassified templates: park (!)
//	131048              spam limit of the number: stop_bulk (!)
//	100                 bad parameter: park
//	131008              parameter missing: park
//	131009              parameter value invalid: park
//	135000              bad parameter: park
//	130472              recipient is in a marketing experiment: park
//	131021              recipient is the sender: park
//	131049              held back by Meta (marketing per person): park 24h0m
//	131051              message type not supported: park
//	131052              inbound media could not be fetched: park
//	131053              outbound media refused: park
//	131055              method not allowed: park
//	131062              needs a phone number rather than a user id: park
//	132000              template parameter count differs: stop_template
//	132001              template or language missing or not approved: stop_template (!)
//	132015              template paused: stop_template (!)
//	132016              template disabled: stop_template (!)
//	132005              template text too long when filled: park
//	132007              template content against format policy: park
//	132012              template parameter form wrong: park
//	132018              template parameter form wrong: park
//	132068              flow blocked: park
//	132069              flow throttled: park 1h0m
//	133000              de-registration incomplete: park (!)
//	133005              PIN wrong: park
//	133006              number not verified: park (!)
//	133008              too many PIN tries: park
//	133009              PIN tries too fast: park
//	133010              number not registered: park (!)
//	133016              registration tries used up: park 72h0m
//	134011              payment terms not accepted: park (!)
//	134100 to 134102    marketing messages API only: park
//	136024              number already verified: done
//	147001 to 147004    business username refused: park
//	2388000 to 2388999  template refused: park
//	2593107 to 2593109  coexistence history not available: park
//	any other           park at 4xx and in webhooks, as 131000 at 5xx
//
// Calls: the method of Client.
//
//	POST /{number}/messages                                                   Send, MarkRead
//	POST /{number}/media                                                      UploadMedia
//	GET /{media}                                                              MediaInfo, Download, Fetch
//	DELETE /{media}                                                           DeleteMedia
//	POST /{app}/uploads                                                       UploadSample
//	GET /{account}/message_templates                                          Templates
//	GET /{template}                                                           Template
//	POST /{account}/message_templates                                         CreateTemplate
//	POST /{template}                                                          EditTemplate
//	DELETE /{account}/message_templates                                       DeleteTemplate
//	POST /{template}/unpause                                                  UnpauseTemplate
//	GET /{number}                                                             NumberInfo
//	GET /{account}/phone_numbers                                              Numbers
//	GET /{account}                                                            AccountInfo
//	POST /{number}/register                                                   Register
//	POST /{number} (webhook_configuration)                                    OverrideNumber
//	GET /{account}/subscribed_apps                                            Apps, Subscribed
//	POST /{account}/subscribed_apps                                           Subscribe, SubscribeAt
//	DELETE /{account}/subscribed_apps                                         Unsubscribe
//	GET /{app}/subscriptions                                                  AppSubscription
//	POST /{app}/subscriptions                                                 SubscribeApp
//	GET /debug_token                                                          TokenInfo
//	X-Business-Use-Case-Usage, X-App-Usage                                    ManagementUse
//	headers of any answer                                                     Probe
//	permissions whatsapp_business_messaging, whatsapp_business_management     TokenInfo
//	POST /{number}/request_code, verify_code, deregister                      not called: done once, in Meta's manager
//	POST /{number} (pin), /settings                                           not called: the PIN and the identity check are set in Meta's manager
//	/{number}/whatsapp_business_profile, conversational_automation, username  not called: set in Meta's manager
//	/{number}/block_users                                                     not called: whoever writes to a support desk is answered
package whatsapp
