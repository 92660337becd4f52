package imports

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"antena/internal/desk"
)

// heads are the names columns go by in exports of billing systems, folded; the words
// of the three languages are one list, since no word means two things.
var heads = map[string][]string{
	"code": {"code", "codigo", "cod", "id", "idcliente", "codigocliente", "codcliente", "clienteid", "customerid", "customercode", "contrato", "contract", "ncontrato", "idcontrato", "idservicio", "nrocliente", "numerocliente", "ncliente", "abonado", "matricula", "subscriber", "accountnumber", "account"},
	"name": {"name", "nombre", "nome", "cliente", "customer", "nombrecompleto", "nomecompleto", "fullname", "razonsocial", "razaosocial", "nomerazaosocial", "titular", "apellidoynombre", "nombreyapellido"},
	"phone": {"phone", "telefono", "telefone", "tel", "fone", "celular", "cel", "movil", "mobile", "whatsapp", "telefono1", "telefono2", "telefone1", "telefone2", "telefoneprimario", "telefonesecundario", "telefonocelular", "telefonecelular", "celular1", "celular2", "phone1", "phone2",
		"phonenumber", "mobilephone", "cellphone", "whatsapp1", "fonecelular", "telefonofijo", "contacto", "contato"},
	"document": {"document", "documento", "doc", "dni", "cpf", "cnpj", "cpfcnpj", "cnpjcpf", "cuit", "cuil", "cedula", "rut", "ruc", "rfc", "curp", "nit", "nrodocumento", "numerodocumento", "taxid", "identificacion"},
	"plan":     {"plan", "plano", "planinternet", "planointernet", "servicio", "servico", "service", "paquete", "pacote", "package", "producto", "produto"},
	"zone":     {"zone", "zona", "barrio", "bairro", "localidad", "localidade", "area", "sector", "setor", "neighborhood", "neighbourhood", "district", "distrito", "region", "regiao"},
	"state":    {"state", "status", "estado", "situacion", "situacao", "statuscontrato", "estadoservicio", "contratostatus"},
	"due_day":  {"dueday", "due", "vencimiento", "vencimento", "diavencimiento", "diavencimento", "diadevencimiento", "diadevencimento", "diapago", "diadepago", "fechacorte", "diacorte", "billingday", "paymentday"},
	"address":  {"address", "direccion", "endereco", "domicilio", "calle", "rua", "street", "direccioninstalacion", "enderecoinstalacion"},
	"language": {"language", "idioma", "lengua", "lingua", "lang"},
}

// columnsOf says what each column is taken for. Several may hold phones; of the
// others the first counts.
func columnsOf(cells []string) []desk.ImportColumn {
	known := map[string]string{}
	for field, names := range heads {
		for _, name := range names {
			known[name] = field
		}
	}
	taken := map[string]bool{}
	columns := make([]desk.ImportColumn, len(cells))
	for i, cell := range cells {
		field := known[fold(cell)]
		if field != "phone" && taken[field] {
			field = ""
		}
		taken[field] = true
		columns[i] = desk.ImportColumn{Head: desk.Shorten(strings.TrimSpace(cell), 60), Field: field}
	}
	return columns
}

// fold leaves the letters and digits of a word, small and without accents.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// states are the words for how a subscriber stands, folded.
var states = map[desk.SubscriberState][]string{
	desk.SubscriberActive:    {"active", "activo", "activa", "ativo", "ativa", "habilitado", "servicohabilitado", "normal", "online", "aldia", "emdia", "a", "1", "enabled", "conectado"},
	desk.SubscriberSuspended: {"suspended", "suspendido", "suspenso", "bloqueado", "blocked", "cortado", "moroso", "inadimplente", "reducido", "reduzido", "financeiroematraso", "bloqueioautomatico", "cm", "ca", "overdue"},
	desk.SubscriberCancelled: {"cancelled", "canceled", "cancelado", "retirado", "baja", "debaja", "inactive", "inactivo", "inativo", "desativado", "deleted", "d", "i", "terminated"},
	desk.SubscriberPending:   {"pending", "pendiente", "pendente", "preinstalacion", "aguardandoinstalacao", "porinstalar", "new", "nuevo", "novo", "p", "aa"},
}

func stateOf(word string) (desk.SubscriberState, bool) {
	folded := fold(word)
	for state, words := range states {
		for _, w := range words {
			if w == folded {
				return state, true
			}
		}
	}
	return desk.SubscriberUnknown, folded == ""
}
